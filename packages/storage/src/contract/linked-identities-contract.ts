import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LinkedIdentity, User } from '@poolhouse/core';
import { aPool, aUser, t0 } from './records.ts';
import { describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

const MOST = 5;

function anIdentity({ poolId, sub }: User, value: string): LinkedIdentity {
  const named = { providerName: 'Google', attributeName: 'Cognito_Subject', attributeValue: value };
  return { ...named, poolId, sub, createdAtMs: t0 };
}

/** What LinkedIdentityStore promises. */
export function linkedIdentitiesContract(make: MakeDatabase): void {
  describeStore('linked identities', make, (subject) => {
    const newUser = async (name = 'anna', poolId = aPool().id) => {
      if ((await subject.stores.pools.get(poolId)) === undefined)
        await subject.stores.pools.createIfAbsent(aPool({ id: poolId }));
      const user = aUser(poolId, name);
      await subject.stores.users.create(user);
      return user;
    };

    test('an identity is read as it was written, before and after a restart, until it is removed from its user', async () => {
      const anna = await newUser();
      const identity = anIdentity(anna, '1');
      assert.equal(await subject.stores.linkedIdentities.add(identity, MOST), 'added');
      await subject.restart();
      const { linkedIdentities } = subject.stores;
      assert.deepStrictEqual(await linkedIdentities.get(anna.poolId, identity), identity);
      for (const other of [
        { ...identity, attributeValue: '2' },
        { ...identity, attributeName: 'email' },
        { ...identity, providerName: 'google' },
      ]) {
        assert.equal(await linkedIdentities.get(anna.poolId, other), undefined);
        assert.equal(await linkedIdentities.delete(anna, other), false);
      }
      const berta = await newUser('berta', anna.poolId);
      assert.equal(await linkedIdentities.delete(berta, identity), false);
      assert.equal(await linkedIdentities.delete(anna, identity), true);
      assert.equal(await linkedIdentities.get(anna.poolId, identity), undefined);
    });

    test('an identity signs in one user, and of eight that link it, one wins; a user has no more than it may', async () => {
      const { linkedIdentities } = subject.stores;
      const { poolId } = await newUser();
      const users: User[] = [];
      for (let at = 0; at < 8; at += 1) users.push(await newUser(`user-${at}`, poolId));
      const [first] = users;
      assert(first);
      const made = await eightTakers((taker) =>
        linkedIdentities.add(anIdentity(users[taker] ?? first, 'same'), MOST),
      );
      assert.deepEqual([made.get('added'), made.get('taken')], [1, 7]);
      const more = await eightTakers((taker) =>
        linkedIdentities.add(anIdentity(first, `own-${taker}`), MOST),
      );
      assert.equal((more.get('added') ?? 0) + (more.get('full') ?? 0), 8);
      assert.ok((more.get('full') ?? 0) >= 3);
      const elsewhere = await newUser();
      assert.equal(await linkedIdentities.add(anIdentity(elsewhere, 'same'), MOST), 'added');
    });

    test('an identity goes with its user and with its pool', async () => {
      const { linkedIdentities, pools, users } = subject.stores;
      const anna = await newUser();
      const berta = await newUser('berta', anna.poolId);
      await linkedIdentities.add(anIdentity(anna, '1'), MOST);
      for (const value of ['2', '3']) await linkedIdentities.add(anIdentity(berta, value), MOST);
      await users.delete(anna, t0);
      assert.equal(await linkedIdentities.get(anna.poolId, anIdentity(anna, '1')), undefined);
      assert.equal(await linkedIdentities.add(anIdentity(anna, '1'), MOST), 'user-missing');
      assert.equal(await linkedIdentities.add(anIdentity(berta, '1'), MOST), 'added');
      await pools.delete(anna.poolId, t0);
      assert.equal(await linkedIdentities.add(anIdentity(berta, '4'), MOST), 'user-missing');
      assert.equal(await pools.carryOutDeletion(anna.poolId, 1, t0 + 60_000), 'rows');
      assert.equal(await pools.carryOutDeletion(anna.poolId, 100, t0 + 60_000), 'gone');
      assert.equal(await linkedIdentities.get(anna.poolId, anIdentity(berta, '2')), undefined);
    });
  });
}
