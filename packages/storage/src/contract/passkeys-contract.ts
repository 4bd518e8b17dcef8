import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Passkey, User } from '@poolhouse/core';
import { aPasskey, aPool, aUser, t0 } from './records.ts';
import { allPages, describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

/** Long after the last node has dropped the record from memory. */
const later = t0 + 60_000;

/** What PasskeyStore promises. */
export function passkeysContract(make: MakeDatabase): void {
  describeStore('passkeys', make, (subject) => {
    const newUser = async (pool?: User['poolId']) => {
      const user = aUser(pool ?? (await subject.newPool()), randomUUID());
      await subject.stores.users.create(user);
      return user;
    };
    const add = (user: User, over: Partial<Passkey> = {}, most = 20) =>
      subject.stores.passkeys.add(aPasskey(user, over), most);
    const idsOf = async (user: User) =>
      (await subject.stores.passkeys.ofUser(user)).map(({ credentialId }) => credentialId);

    test('a passkey is read as it was written, before and after a restart', async () => {
      const user = await newUser();
      const whole = aPasskey(user, {
        attachment: 'platform',
        lastUsedAtMs: t0 + 5,
        signCount: 2 ** 32 - 1,
        isBackedUp: true,
        transports: ['internal', 'hybrid'],
      });
      const least = aPasskey(user, { createdAtMs: t0 + 1, transports: [] });
      assert.equal(await subject.stores.passkeys.add(whole, 20), 'added');
      assert.equal(await subject.stores.passkeys.add(least, 20), 'added');
      assert.deepStrictEqual(await subject.stores.passkeys.ofUser(user), [whole, least]);
      await subject.restart();
      assert.deepStrictEqual(await subject.stores.passkeys.ofUser(user), [whole, least]);
    });

    test('of eight at once, no more are added than there is room for', async () => {
      const user = await newUser();
      for (const credentialId of ['a', 'b', 'c']) await add(user, { credentialId }, 5);
      const outcomes = await eightTakers((taker) =>
        add(user, { credentialId: `taker-${taker}` }, 5),
      );
      assert.deepEqual([outcomes.get('added'), outcomes.get('full')], [2, 6]);
      assert.equal((await idsOf(user)).length, 5);
      assert.equal(await add(await newUser(user.poolId), {}, 5), 'added');
    });

    test('an id belongs to one user of a pool, the first who has it', async () => {
      const user = await newUser();
      const other = await newUser(user.poolId);
      const outcomes = await eightTakers((taker) =>
        add(taker % 2 ? user : other, { credentialId: 'same' }),
      );
      assert.deepEqual([outcomes.get('added'), outcomes.get('taken')], [1, 7]);
      assert.equal(await add(await newUser(), { credentialId: 'same' }), 'added');
    });

    test('nobody adds one to a user who is not there', async () => {
      const user = await newUser();
      await add(user, { credentialId: 'old' });
      await subject.stores.users.delete(user, t0);
      assert.equal(await add(user), 'user-missing');
      const again = await newUser(user.poolId);
      assert.equal(await add(again, { credentialId: 'old' }), 'added', 'the row is gone');
    });

    test('the list is in order of creation, page by page, and each user has their own', async () => {
      const user = await newUser();
      const other = await newUser(user.poolId);
      await add(other, { credentialId: 'other' });
      const made = [
        ['c', t0 + 1],
        ['a', t0 + 2],
        ['b', t0 + 2],
        ['d', t0],
      ] as const;
      for (const [credentialId, createdAtMs] of made)
        await add(user, { credentialId, createdAtMs });
      const pages = await allPages((after: readonly [number, string] | undefined) =>
        subject.stores.passkeys.list(user, 3, after),
      );
      const ids = pages.map((page) => page.map(({ credentialId }) => credentialId));
      assert.deepEqual(ids, [['d', 'c', 'a'], ['b']]);
      assert.deepEqual(await idsOf(user), ['d', 'c', 'a', 'b']);
      assert.equal((await subject.stores.passkeys.list(user, 4)).after, undefined);
    });

    test('a use is recorded if the count has grown, by one of eight at once', async () => {
      const user = await newUser();
      const { passkeys } = subject.stores;
      await add(user, { credentialId: 'x', signCount: 4 });
      const use = (signCount: number, of = user) =>
        passkeys.noteUse(of, 'x', { signCount, isBackedUp: true, atMs: t0 + 9 });
      assert.equal((await eightTakers(() => use(7))).get(true), 1);
      const found = (await passkeys.ofUser(user))[0];
      assert.deepEqual(
        [found?.signCount, found?.isBackedUp, found?.lastUsedAtMs],
        [7, true, t0 + 9],
      );
      for (const signCount of [7, 6, 0]) assert.equal(await use(signCount), false, `${signCount}`);
      assert.equal(await use(2 ** 32 - 1), true);
      assert.equal(await use(2 ** 32 - 1, await newUser(user.poolId)), false);
    });

    test('an authenticator that does not count is used again and again, until it counts', async () => {
      const user = await newUser();
      const { passkeys } = subject.stores;
      await add(user, { credentialId: 'x', signCount: 0 });
      const use = (signCount: number) =>
        passkeys.noteUse(user, 'x', { signCount, isBackedUp: false, atMs: t0 });
      const outcomes = [await use(0), await use(0), await use(1), await use(0)];
      assert.deepEqual(outcomes, [true, true, true, false]);
    });

    test('a passkey is deleted by its user alone, and once', async () => {
      const user = await newUser();
      const other = await newUser(user.poolId);
      await add(user, { credentialId: 'x' });
      await add(user, { credentialId: 'y' });
      const { passkeys } = subject.stores;
      assert.equal(await passkeys.delete(other, 'x'), false);
      assert.equal((await eightTakers(() => passkeys.delete(user, 'x'))).get(true), 1);
      assert.deepEqual(await idsOf(user), ['y']);
      const use = { signCount: 9, isBackedUp: false, atMs: t0 };
      assert.equal(await passkeys.noteUse(user, 'x', use), false);
    });

    test('deleting a pool hides its passkeys at once, and removes them in slices', async () => {
      const { stores } = subject;
      const user = await newUser();
      const { poolId } = user;
      for (const credentialId of ['x', 'y', 'z']) await add(user, { credentialId });
      await stores.pools.delete(poolId, t0);
      assert.deepEqual(await idsOf(user), []);
      assert.equal(await add(user), 'user-missing');
      assert.equal(await stores.pools.carryOutDeletion(poolId, 2, later), 'rows');
      assert.equal(await stores.pools.carryOutDeletion(poolId, 100, later), 'gone');
      await stores.pools.createIfAbsent(aPool({ id: poolId }));
      const again = await newUser(poolId);
      for (const credentialId of ['x', 'y', 'z'])
        assert.equal(await add(again, { credentialId }), 'added');
    });
  });
}
