import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { deletionOfGroup, type UserRef } from '@poolhouse/core';
import { aGroup, aUser, sub, t0 } from './records.ts';
import { allPages, describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

/** What GroupStore promises. */
export function groupsContract(make: MakeDatabase): void {
  describeStore('groups', make, (subject) => {
    test('a group is read as it was written, before and after a restart', async () => {
      const pool = await subject.newPool();
      const bare = aGroup(pool, 'Staff');
      const full = aGroup(pool, 'staff', { description: '', roleArn: 'arn', precedence: 0 });
      assert.equal(await subject.stores.groups.createIfAbsent(bare), true);
      assert.equal(await subject.stores.groups.createIfAbsent(full), true);
      assert.equal(await subject.stores.groups.createIfAbsent({ ...full, precedence: 9 }), false);
      await subject.restart();
      assert.deepEqual(await subject.stores.groups.get(pool, 'Staff'), bare);
      assert.deepEqual(await subject.stores.groups.get(pool, 'staff'), full);
      assert.equal(await subject.stores.groups.get(pool, 'STAFF'), undefined);
      assert.equal(await subject.stores.groups.get(await subject.newPool(), 'staff'), undefined);
      assert.equal(await subject.stores.groups.count(pool), 2);
    });

    test('of eight that create one name, one wins; eight changes are all kept', async () => {
      const { groups } = subject.stores;
      const pool = await subject.newPool();
      const outcomes = await eightTakers(() =>
        groups.createIfAbsent(aGroup(pool, 'g', { precedence: 0 })),
      );
      assert.equal(outcomes.get(true), 1);
      await eightTakers(() =>
        groups.change(pool, 'g', (g) => ({ ...g, precedence: (g.precedence ?? 0) + 1 })),
      );
      assert.equal((await groups.get(pool, 'g'))?.precedence, 8);
      const cleared = await groups.change(pool, 'g', () => aGroup(pool, 'other'));
      assert.deepEqual(cleared, aGroup(pool, 'g'));
      assert.deepEqual(await groups.get(pool, 'g'), cleared);
      assert.equal(await groups.change(pool, 'none', (g) => g), undefined);
    });

    test('groups are listed by name, in code point order', async () => {
      const { groups } = subject.stores;
      const pool = await subject.newPool();
      for (const name of ['b', 'Z', '🏊', 'é', '\ufb01'])
        await groups.createIfAbsent(aGroup(pool, name));
      for (const limit of [1, 4, 5, 6]) {
        const pages = await allPages((after: string | undefined) =>
          groups.list(pool, limit, after),
        );
        assert.deepEqual(
          pages.flat().map(({ name }) => name),
          ['Z', 'b', 'é', '\ufb01', '🏊'],
        );
        assert.equal(pages.length, Math.ceil(5 / limit));
      }
    });

    test('members are added and removed; repeating either is not an error; a missing group takes no members', async () => {
      const { groups, users } = subject.stores;
      const pool = await subject.newPool();
      const user = aUser(pool, 'anna', { sub: sub('m'), sealedPassword: 'secret' });
      await users.create(user);
      await groups.createIfAbsent(aGroup(pool, 'g'));
      assert.equal(await groups.addMember(user, 'none', t0), 'missing');
      assert.equal(await groups.addMember(user, 'g', t0), 'added');
      assert.equal(await groups.addMember(user, 'g', t0), 'added');
      assert.deepEqual(await groups.members(pool, 'g', 60), {
        items: [
          {
            sub: user.sub,
            username: 'anna',
            status: 'CONFIRMED',
            enabled: true,
            attributes: {},
            createdAtMs: t0,
            modifiedAtMs: t0,
            lastSignInAtMs: 0,
          },
        ],
      });
      await groups.removeMember(user, 'g');
      await groups.removeMember(user, 'g');
      assert.deepEqual(await groups.members(pool, 'g', 60), { items: [] });
      assert.deepEqual(await groups.ofUser(pool, user.sub), []);
    });

    test('members are listed by sub; a deleted user is no longer a member', async () => {
      const { groups, users } = subject.stores;
      const pool = await subject.newPool();
      await groups.createIfAbsent(aGroup(pool, 'g'));
      for (const text of ['c', 'a', 'B', 'd']) {
        const user = aUser(pool, text, { sub: sub(text) });
        await users.create(user);
        await groups.addMember(user, 'g', t0);
      }
      await users.delete({ poolId: pool, sub: sub('d') }, t0);
      for (const limit of [1, 2, 3, 4]) {
        const pages = await allPages((after: string | undefined) =>
          groups.members(pool, 'g', limit, after),
        );
        assert.deepEqual(
          pages.flat().map((user) => user.sub),
          ['B', 'a', 'c'],
        );
        assert.equal(pages.length, Math.ceil(3 / limit));
      }
    });

    test('a user’s groups come by precedence, those without one last, then by name', async () => {
      const { groups } = subject.stores;
      const pool = await subject.newPool();
      const user = aUser(pool, 'u');
      await subject.stores.users.create(user);
      for (const [name, precedence] of [
        ['none-b', undefined],
        ['late', 10],
        ['none-a', undefined],
        ['first-b', 0],
        ['first-a', 0],
      ] as const) {
        await groups.createIfAbsent(
          aGroup(pool, name, precedence === undefined ? {} : { precedence }),
        );
        await groups.addMember(user, name, t0);
      }
      assert.deepEqual(
        (await groups.ofUser(pool, user.sub)).map(({ name }) => name),
        ['first-a', 'first-b', 'late', 'none-a', 'none-b'],
      );
      const pages = await allPages((after: string | undefined) =>
        groups.listOfUser(user, 2, after),
      );
      assert.deepEqual(
        pages.map((page) => page.map(({ name }) => name)),
        [['first-a', 'first-b'], ['late', 'none-a'], ['none-b']],
      );
    });

    test('deleting a group deletes its memberships', async () => {
      const { groups } = subject.stores;
      const pool = await subject.newPool();
      const user = aUser(pool, 'u');
      await subject.stores.users.create(user);
      await groups.createIfAbsent(aGroup(pool, 'g'));
      assert.equal(await groups.addMember(user, 'g', t0), 'added');
      assert.equal(await groups.delete(pool, 'g', t0), true);
      assert.equal(await groups.delete(pool, 'g', t0), false);
      await groups.createIfAbsent(aGroup(pool, 'g'));
      assert.deepEqual(await groups.ofUser(pool, user.sub), []);
    });

    /** A pool with a group that has this many members. */
    const largeGroup = async (members: number) => {
      const pool = await subject.newPool();
      const { groups, users } = subject.stores;
      await groups.createIfAbsent(aGroup(pool, 'g', { description: 'before', precedence: 3 }));
      const refs = Array.from({ length: members }, (_, at) => ({
        poolId: pool,
        sub: sub(`m${String(at).padStart(4, '0')}`),
      }));
      for (const ref of refs) {
        await users.create(aUser(pool, ref.sub, ref));
        await groups.addMember(ref, 'g', t0);
      }
      return { pool, refs };
    };
    const namesOf = async ({ poolId, sub }: UserRef) =>
      (await subject.stores.groups.ofUser(poolId, sub)).map(({ name }) => name);

    test('a large group is absent at once, and removed in slices', async () => {
      const { groups, jobs } = subject.stores;
      const { pool, refs } = await largeGroup(101);
      const [first, second] = refs;
      assert(first && second);
      assert.equal(await groups.delete(pool, 'g', t0), true);
      assert.equal(await groups.delete(pool, 'g', t0), false);
      assert.equal(await groups.get(pool, 'g'), undefined);
      assert.equal(await groups.change(pool, 'g', (group) => group), undefined);
      assert.deepEqual((await groups.list(pool, 10)).items, []);
      assert.equal(await groups.count(pool), 0);
      assert.deepEqual((await groups.members(pool, 'g', 10)).items, []);
      assert.deepEqual(await namesOf(first), []);
      assert.deepEqual((await groups.listOfUser(first, 10)).items, []);
      assert.equal(await groups.addMember(first, 'g', t0), 'missing');
      const job = await jobs.get(deletionOfGroup(pool, 'g'));
      assert.equal(job?.subject, 'g');
      let after: string | undefined = '';
      let slices = 0;
      for (; after !== undefined; slices += 1) {
        after = await groups.carryOutDeletion(pool, 'g', 40, after);
        if (slices === 0) assert.equal(after, refs[39]?.sub);
      }
      assert.equal(slices, 3);
      assert.equal(await groups.carryOutDeletion(pool, 'g', 40, ''), undefined);
      await groups.createIfAbsent(aGroup(pool, 'g'));
      for (const ref of refs) assert.deepEqual(await namesOf(ref), []);
    });

    test('a group that is made again has none of the earlier members, during their removal and after it', async () => {
      const { groups } = subject.stores;
      const { pool, refs } = await largeGroup(101);
      const [back, gone] = [refs[50], refs[51]];
      assert(back && gone);
      await groups.delete(pool, 'g', t0);
      const again = aGroup(pool, 'g', { createdAtMs: t0 + 5, modifiedAtMs: t0 + 5 });
      assert.equal(await groups.createIfAbsent(again), true);
      assert.equal(await groups.createIfAbsent(again), false);
      assert.deepEqual(await groups.get(pool, 'g'), again);
      assert.deepEqual((await groups.members(pool, 'g', 10)).items, []);
      assert.equal(await groups.addMember(back, 'g', t0 + 6), 'added');
      const check = async () => {
        assert.deepEqual(await namesOf(back), ['g']);
        assert.deepEqual(await namesOf(gone), []);
        const members = (await groups.members(pool, 'g', 10)).items;
        assert.deepEqual(
          members.map((user) => user.sub),
          [back.sub],
        );
      };
      await check();
      let after: string | undefined = '';
      while (after !== undefined) {
        after = await groups.carryOutDeletion(pool, 'g', 30, after);
        await check();
      }
      assert.equal(await groups.addMember(gone, 'g', t0 + 7), 'added');
      assert.deepEqual(await namesOf(gone), ['g']);
      // The second deletion, of a group that is now small.
      await groups.delete(pool, 'g', t0 + 8);
      await groups.createIfAbsent(again);
      for (const ref of refs) assert.deepEqual(await namesOf(ref), []);
    });

    test('members who are added while a large group is being removed leave nothing behind', async () => {
      const { groups } = subject.stores;
      const { pool, refs } = await largeGroup(101);
      for (const ref of refs.slice(0, 8)) await groups.removeMember(ref, 'g');
      for (let at = 0; at < 8; at += 1) {
        const ref = { poolId: pool, sub: sub(`n${at}`) };
        await subject.stores.users.create(aUser(pool, ref.sub, ref));
        await groups.addMember(ref, 'g', t0);
      }
      await eightTakers(async (taker) => {
        if (taker === 4) return groups.delete(pool, 'g', t0);
        const ref = refs[taker];
        return ref && groups.addMember(ref, 'g', t0);
      });
      await groups.createIfAbsent(aGroup(pool, 'g'));
      for (const ref of refs) assert.deepEqual(await namesOf(ref), []);
    });

    test('of eight that delete a large group, one does; slices that run twice remove nothing more', async () => {
      const { groups } = subject.stores;
      const { pool, refs } = await largeGroup(101);
      const outcomes = await eightTakers(() => groups.delete(pool, 'g', t0));
      assert.equal(outcomes.get(true), 1);
      await groups.createIfAbsent(aGroup(pool, 'g'));
      const kept = refs.slice(0, 10);
      for (const ref of kept) await groups.addMember(ref, 'g', t0);
      // As if nodes had ended before they recorded how far they got.
      for (const after of ['', '', refs[19]?.sub ?? '', ''])
        assert.notEqual(await groups.carryOutDeletion(pool, 'g', 20, after), undefined);
      for (const [at, ref] of refs.entries())
        assert.deepEqual(await namesOf(ref), at < kept.length ? ['g'] : []);
    });

    test('a user who joins a remade group while the earlier members are being removed stays in it, alone', async () => {
      const { groups } = subject.stores;
      const { pool, refs } = await largeGroup(101);
      await groups.delete(pool, 'g', t0);
      await groups.createIfAbsent(aGroup(pool, 'g'));
      await eightTakers(async (taker) => {
        for (const ref of refs.slice(taker * 8, taker * 8 + 5)) {
          assert.equal(await groups.addMember(ref, 'g', t0), 'added');
        }
        let after: string | undefined = '';
        while (after !== undefined) after = await groups.carryOutDeletion(pool, 'g', 7, after);
      });
      for (const [at, ref] of refs.entries())
        assert.deepEqual(await namesOf(ref), at < 64 && at % 8 < 5 ? ['g'] : []);
    });

    test('deleting a group a second time waits for the running slice, and neither starts over', async () => {
      const { storage, stores } = subject;
      const { pool } = await largeGroup(120);
      await stores.groups.delete(pool, 'g', t0);
      await stores.groups.createIfAbsent(aGroup(pool, 'g'));
      const id = deletionOfGroup(pool, 'g');
      const job = await stores.jobs.claim({ nowMs: t0, leaseMs: 10_000, lease: 'l', id });
      assert(job);
      const tries = { slice: 0, deletion: 0 };
      let deletion = Promise.resolve(false);
      await storage.transaction(async ({ jobs, groups }) => {
        tries.slice += 1;
        assert.equal(await jobs.lockForUpdate(job), true);
        deletion = storage.transaction((tx) => {
          tries.deletion += 1;
          return tx.groups.delete(pool, 'g', t0);
        });
        await delay(50);
        await groups.carryOutDeletion(pool, 'g', 10, '');
      });
      assert.equal(await deletion, true);
      assert.deepEqual(tries, { slice: 1, deletion: 1 });
      // The second deletion starts from the beginning, whoever ran the first one.
      assert.equal(await storage.transaction((tx) => tx.jobs.lockForUpdate(job)), false);
    });

    test('deleting a pool also deletes a large group that is just being removed', async () => {
      const { groups, pools } = subject.stores;
      const { pool } = await largeGroup(101);
      await groups.delete(pool, 'g', t0);
      await pools.delete(pool, t0);
      // Otherwise the pool's slices would wait for the group's, and the group's for the pool's.
      assert.equal(await groups.carryOutDeletion(pool, 'g', 10, ''), undefined);
      while ((await pools.carryOutDeletion(pool, 50, t0 + 60_000)) !== 'gone');
      assert.equal(await groups.carryOutDeletion(pool, 'g', 10, ''), undefined);
    });

    test('members who are added while the group is being removed leave nothing behind', async () => {
      const { groups } = subject.stores;
      const pool = await subject.newPool();
      await groups.createIfAbsent(aGroup(pool, 'g'));
      for (let taker = 0; taker < 8; taker += 1)
        await subject.stores.users.create(aUser(pool, `u${taker}`, { sub: sub(`u${taker}`) }));
      await eightTakers(async (taker) =>
        taker === 4
          ? groups.delete(pool, 'g', t0)
          : groups.addMember({ poolId: pool, sub: sub(`u${taker}`) }, 'g', t0),
      );
      await groups.createIfAbsent(aGroup(pool, 'g'));
      for (let taker = 0; taker < 8; taker += 1)
        assert.deepEqual(await groups.ofUser(pool, sub(`u${taker}`)), []);
    });
  });
}
