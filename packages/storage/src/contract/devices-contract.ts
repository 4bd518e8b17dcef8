import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Device, DeviceSecrets, User } from '@poolhouse/core';
import { aDevice, aPool, aSession, aUser, t0 } from './records.ts';
import { allPages, describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

/** Long after the last node has dropped the record from memory. */
const later = t0 + 60_000;

/** What DeviceStore promises, and SessionStore of the sessions of a device. */
export function devicesContract(make: MakeDatabase): void {
  describeStore('devices', make, (subject) => {
    const newUser = async (pool?: User['poolId']) => {
      const user = aUser(pool ?? (await subject.newPool()), randomUUID());
      await subject.stores.users.create(user);
      return user;
    };
    const add = (user: User, over: Partial<Device> = {}, most = 100) =>
      subject.stores.devices.add(aDevice(user, over), most);
    const keysOf = async (user: User) =>
      (await subject.stores.devices.list(user, 60)).items.map(({ key }) => key);

    test('a device is read as it was written, before and after a restart', async () => {
      const user = await newUser();
      const whole = aDevice(user, {
        ...{ name: 'Mara’s telephone', isRemembered: false, sealedLastUse: 'address' },
        ...{ modifiedAtMs: t0 + 1, lastAuthenticatedAtMs: t0 + 2 },
      });
      const least = aDevice(user, { createdAtMs: t0 + 1 });
      const { devices } = subject.stores;
      assert.equal(await devices.add(whole, 100), 'added');
      assert.equal(await devices.add(least, 100), 'added');
      await subject.restart();
      const { devices: again } = subject.stores;
      assert.deepStrictEqual((await again.list(user, 60)).items, [whole, least]);
      assert.deepStrictEqual(await again.get(user, whole.key), whole);
      assert.equal(await again.get(await newUser(user.poolId), whole.key), undefined);
      assert.equal(await again.get(user, 'another'), undefined);
    });

    test('a key belongs to one user of a pool, the first who has it', async () => {
      const user = await newUser();
      const other = await newUser(user.poolId);
      const outcomes = await eightTakers((taker) => add(taker % 2 ? user : other, { key: 'k' }));
      assert.deepEqual([outcomes.get('added'), outcomes.get('taken')], [1, 7]);
      assert.equal(await add(await newUser(), { key: 'k' }), 'added');
    });

    test('beyond the most, those go that have not proved themselves for the longest time, never the new one', async () => {
      const user = await newUser();
      const other = await newUser(user.poolId);
      await add(other, { key: 'other', lastAuthenticatedAtMs: 1 });
      for (const [key, at] of [
        ['b', 2],
        ['a', 1],
        ['c', 3],
      ] as const)
        await add(user, { key, lastAuthenticatedAtMs: at, createdAtMs: at });
      assert.equal(await add(user, { key: 'new', lastAuthenticatedAtMs: 0 }, 3), 'added');
      assert.deepEqual(await keysOf(user), ['b', 'c', 'new']);
      assert.equal(await add(user, { key: 'b' }, 1), 'taken');
      assert.deepEqual(await keysOf(user), ['b', 'c', 'new'], 'who adds none loses none');
      await eightTakers((taker) => add(user, { key: `taker ${taker}` }, 2));
      assert.equal((await keysOf(user)).length, 2);
      assert.deepEqual(await keysOf(other), ['other']);
    });

    test('nobody adds one to a user who is not there, and it goes with its user', async () => {
      const user = await newUser();
      await add(user, { key: 'old' });
      await subject.stores.users.delete(user, t0);
      assert.equal(await add(user), 'user-missing');
      assert.equal(await add(await newUser(user.poolId), { key: 'old' }), 'added', 'it is gone');
    });

    test('the list is in order of creation, page by page', async () => {
      const user = await newUser();
      const made = [
        ['c', t0 + 1],
        ['a', t0 + 2],
        ['b', t0 + 2],
        ['d', t0],
      ] as const;
      for (const [key, createdAtMs] of made) await add(user, { key, createdAtMs });
      const pages = await allPages((after: readonly [number, string] | undefined) =>
        subject.stores.devices.list(user, 3, after),
      );
      const keys = pages.map((page) => page.map(({ key }) => key));
      assert.deepEqual(keys, [['d', 'c', 'a'], ['b']]);
      assert.equal((await subject.stores.devices.list(user, 4)).after, undefined);
    });

    test('a use is recorded as long as the device is there, and is remembered where it has to be', async () => {
      const user = await newUser();
      const { devices } = subject.stores;
      await add(user, { key: 'k', sealedLastUse: 'before' });
      const use = (asRemembered: boolean, of = user, sealedLastUse?: string) =>
        devices.noteUse(of, 'k', {
          atMs: t0 + 9,
          asRemembered,
          ...(sealedLastUse && { sealedLastUse }),
        });
      assert.equal(await use(true, user, 'now'), true);
      const found = await devices.get(user, 'k');
      assert.deepEqual([found?.lastAuthenticatedAtMs, found?.sealedLastUse], [t0 + 9, 'now']);
      assert.equal(found?.modifiedAtMs, t0);
      assert.equal(await use(false, await newUser(user.poolId)), false);
      assert.equal(await devices.setRemembered(user, 'k', false, t0 + 5), true);
      assert.deepEqual([await use(true), await use(false)], [false, true]);
      const changed = await devices.get(user, 'k');
      assert.deepEqual([changed?.isRemembered, changed?.modifiedAtMs], [false, t0 + 5]);
      assert.equal(changed?.sealedLastUse, undefined, 'nothing is known of the last use');
    });

    test('a device is changed and removed for its user alone, and removed once', async () => {
      const user = await newUser();
      const other = await newUser(user.poolId);
      const { devices } = subject.stores;
      await add(user, { key: 'k' });
      assert.equal(await devices.setRemembered(other, 'k', false, t0), false);
      assert.equal(await devices.delete(other, 'k'), false);
      assert.equal((await eightTakers(() => devices.delete(user, 'k'))).get(true), 1);
      assert.equal(await devices.setRemembered(user, 'k', true, t0), false);
      assert.equal(await devices.noteUse(user, 'k', { atMs: t0, asRemembered: false }), false);
    });

    test('the sessions of a device end together, but for the one that asks', async () => {
      const user = await newUser();
      const other = await newUser(user.poolId);
      const { sessions } = subject.stores;
      const started = async (id: string, of: User, deviceKey?: string) => {
        const over = { id: `${of.sub} ${id}`, ...(deviceKey && { deviceKey }) };
        await sessions.create(aSession(of.poolId, of.sub, over), `${of.sub} ${id}`);
      };
      await started('asks', user, 'k');
      await started('same device', user, 'k');
      await started('another', user, 'l');
      await started('none', user);
      await started('of somebody else', other, 'k');
      const ended = async () => {
        const ids = [user, user, user, user, other].map(({ sub }, at) =>
          [sub, ['asks', 'same device', 'another', 'none', 'of somebody else'][at]].join(' '),
        );
        const states = await Promise.all(ids.map((id) => sessions.byToken(id)));
        return states.map((state) => state?.session.revokedAtMs !== undefined);
      };
      await sessions.revokeOfDevice(user, 'k', t0 + 1, `${user.sub} asks`);
      assert.deepEqual(await ended(), [false, true, false, false, false]);
      await sessions.revokeOfDevice(user, 'k', t0 + 2);
      assert.deepEqual(await ended(), [true, true, false, false, false]);
    });

    test('what is sealed is sealed anew, a slice at a time, and nothing else changes', async () => {
      const user = await newUser();
      const { devices } = subject.stores;
      for (const key of ['a', 'b', 'c']) await add(user, { key, sealedVerifier: `old ${key}` });
      await add(user, { key: 'd', sealedVerifier: 'new', sealedLastUse: 'old use' });
      const elsewhere = await newUser();
      await add(elsewhere, { key: 'a', sealedVerifier: 'old' });
      const anew = (one: DeviceSecrets): DeviceSecrets => {
        if (!one.sealedVerifier.startsWith('old') && one.sealedLastUse === undefined) return one;
        const use = one.sealedLastUse && { sealedLastUse: 'new use' };
        return { ...one, sealedVerifier: `new of ${one.sub === user.sub}`, ...use };
      };
      let slices = 0;
      for (let after: string | undefined = ''; after !== undefined; slices += 1)
        after = await devices.reseal(user.poolId, 2, after, anew);
      assert.ok(slices <= 3, `${slices} slices`);
      const now = (await devices.list(user, 60)).items;
      assert.deepEqual(new Set(now.map((one) => one.sealedVerifier)), new Set(['new of true']));
      assert.deepEqual(
        now.map((one) => one.sealedLastUse),
        [undefined, undefined, undefined, 'new use'],
      );
      assert.deepEqual(new Set(now.map((one) => one.modifiedAtMs)), new Set([t0]));
      assert.equal((await devices.get(elsewhere, 'a'))?.sealedVerifier, 'old');
    });

    test('deleting a pool hides its devices at once, and removes them in slices', async () => {
      const { stores } = subject;
      const user = await newUser();
      const { poolId } = user;
      for (const key of ['x', 'y', 'z']) await add(user, { key });
      await stores.pools.delete(poolId, t0);
      assert.deepEqual([await keysOf(user), await stores.devices.get(user, 'x')], [[], undefined]);
      assert.equal(await add(user), 'user-missing');
      assert.equal(await stores.pools.carryOutDeletion(poolId, 2, later), 'rows');
      assert.equal(await stores.pools.carryOutDeletion(poolId, 100, later), 'gone');
      await stores.pools.createIfAbsent(aPool({ id: poolId }));
      const again = await newUser(poolId);
      for (const key of ['x', 'y', 'z']) assert.equal(await add(again, { key }), 'added');
    });
  });
}
