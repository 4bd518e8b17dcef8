import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  deletionOfClient,
  deletionOfPool,
  deletionOfUser,
  PoolGoneError,
  type PoolId,
} from '@poolhouse/core';
import { aClient, aCode, aSession, aGroup, aMessage, aPool, aUser, t0 } from './records.ts';
import { describeStore } from './subject.ts';
import type { MakeDatabase, Subject } from './subject.ts';

/** Long after the last node has dropped the record from memory. */
const later = t0 + 60_000;

async function createOrGone(subject: Subject, pool: PoolId, name: string): Promise<string> {
  try {
    return (await subject.stores.users.create(aUser(pool, name))).kind;
  } catch (error) {
    if (error instanceof PoolGoneError) return 'gone';
    throw error;
  }
}

/** Runs the slices of a deletion; returns their number. */
async function carryOut(step: () => Promise<string>): Promise<number> {
  for (let slices = 1; slices < 1_000; slices += 1) if ((await step()) === 'gone') return slices;
  throw new Error('the deletion does not end');
}

/** What the stores promise about pools and app clients that are deleted in slices. */
export function deletionsContract(make: MakeDatabase): void {
  describeStore('deletions', make, (subject) => {
    test('deleting a pool waits for whoever holds it, and nobody can hold it afterwards', async () => {
      const { stores, storage } = subject;
      const pool = await subject.newPool();
      const order: string[] = [];
      let deletion: Promise<unknown> = Promise.resolve();
      await storage.transaction(async (tx) => {
        await tx.pools.keep(pool);
        deletion = stores.pools.delete(pool, t0).then(() => order.push('deleted'));
        await delay(50);
        order.push('kept');
      });
      await deletion;
      assert.deepEqual(order, ['kept', 'deleted']);
      const keep = () => storage.transaction((tx) => tx.pools.keep(pool));
      await assert.rejects(keep(), PoolGoneError);
    });

    test('a deleted pool is absent at once, nothing can be added to it, and its id stays taken until everything is gone', async () => {
      const { stores, storage } = subject;
      const pool = await subject.newPool();
      const user = aUser(pool, 'anna');
      await stores.users.create(user);
      await stores.groups.createIfAbsent(aGroup(pool, 'staff'));
      await stores.sessions.create(aSession(pool, user.sub, { id: `f-${pool}` }), `t-${pool}`);
      const key = { owner: pool, version: 1, wrapped: 'w', createdAtMs: t0 };
      await stores.dataKeys.createIfAbsent(key);
      await storage.transaction(async (tx) => {
        await tx.pools.change(pool, (current) => current);
        await tx.pools.delete(pool, t0);
      });
      assert.equal((await stores.jobs.get(deletionOfPool(pool)))?.kind, 'delete-pool');
      assert.equal(await stores.pools.get(pool), undefined);
      assert.equal(await stores.pools.change(pool, (current) => current), undefined);
      assert.deepEqual(await stores.dataKeys.of(pool), []);
      assert.deepEqual(await stores.signingKeys.of(pool), []);
      assert.equal(await stores.users.bySub(user), undefined);
      assert.equal(await stores.users.byName(pool, 'anna'), undefined);
      assert.equal(await storage.transaction((tx) => tx.users.lockForUpdate(user)), undefined);
      assert.deepEqual(await stores.users.change(user, (current) => current), { kind: 'missing' });
      assert.equal(await stores.sessions.byToken(`t-${pool}`), undefined);
      assert.equal(await stores.sessions.liveUser(pool, user.sub, `f-${pool}`), undefined);
      assert.equal(await stores.groups.addMember(user, 'staff', t0), 'missing');
      for (const add of [
        () => stores.users.create(aUser(pool, 'bea')),
        () => stores.clients.createIfAbsent(aClient(pool)),
        () => stores.groups.createIfAbsent(aGroup(pool, 'others')),
      ])
        await assert.rejects(add(), PoolGoneError);
      assert.equal(await stores.pools.createIfAbsent(aPool({ id: pool })), false);
      assert.equal(await stores.pools.carryOutDeletion(pool, 100, later), 'gone');
      for (const add of [
        () => stores.sessions.create(aSession(pool, user.sub), 'late'),
        () => stores.codes.put(aCode(pool, user.sub)),
        () => stores.outbox.add(aMessage(pool, `late-${pool}`)),
      ])
        await assert.rejects(add(), PoolGoneError);
      assert.equal(await stores.pools.createIfAbsent(aPool({ id: pool })), true);
    });

    test('other jobs on a pool are deleted with its record, because another pool may get that id', async () => {
      const { stores } = subject;
      const pool = await subject.newPool();
      const kept = await subject.newPool();
      const job = {
        kind: 'reseal-pool',
        subject: '2',
        cursor: '',
        dueAtMs: later,
        createdAtMs: t0,
      } as const;
      for (const id of [pool, kept])
        await stores.jobs.add({ ...job, id: `reseal ${id}`, poolId: id });
      await stores.pools.delete(pool, t0);
      await carryOut(() => stores.pools.carryOutDeletion(pool, 100, later));
      assert.equal(await stores.jobs.get(`reseal ${pool}`), undefined);
      assert.ok(await stores.jobs.get(`reseal ${kept}`));
      // The deletion's own job is removed by whoever carries it out.
      assert.ok(await stores.jobs.get(deletionOfPool(pool)));
    });

    test('a deletion works in slices of the requested size, even for a session with many tokens', async () => {
      const { stores } = subject;
      const pool = await subject.newPool();
      const other = aUser(await subject.newPool(), 'other');
      await stores.users.create(other);
      for (let index = 0; index < 20; index += 1) {
        const user = aUser(pool, `u${index}`);
        await stores.users.create(user);
        await stores.limits.take(pool, user.sub, 'try', 1, 1_000, t0);
        await stores.codes.put(aCode(pool, user.sub));
      }
      const rotating = aUser(pool, 'rotating');
      await stores.users.create(rotating);
      await stores.sessions.create(aSession(pool, rotating.sub), `token-${pool}-0`);
      for (let index = 0; index < 30; index += 1)
        await stores.sessions.rotate(`token-${pool}-${index}`, `token-${pool}-${index + 1}`, t0, 0);
      await stores.pools.delete(pool, t0);
      const step = () => stores.pools.carryOutDeletion(pool, 7, later);
      // 31 tokens, 1 session, 21 users, 21 names, 20 codes, 20 limits: 114 rows in 16 full slices and a last one.
      assert.equal(await carryOut(step), 17);
      assert.deepEqual(await stores.users.bySub(other), other);
      assert.equal(await step(), 'gone');
    });

    test('the record stays as long as another node may have it in memory', async () => {
      const pool = await subject.newPool();
      await subject.stores.pools.delete(pool, t0);
      const step = (nowMs: number) => subject.stores.pools.carryOutDeletion(pool, 10, nowMs);
      const first = await step(t0 + 1_999);
      assert.ok(first === 'record' || first === 'gone', first);
      if (first === 'record')
        assert.equal(await subject.stores.pools.createIfAbsent(aPool({ id: pool })), false);
      assert.equal(await step(t0 + 2_000), 'gone');
      assert.equal(await subject.stores.pools.createIfAbsent(aPool({ id: pool })), true);
    });

    test('sign-ups that race a deletion leave nothing behind, and those that are too late are told', async () => {
      for (let round = 0; round < 8; round += 1) {
        const pool = await subject.newPool();
        const names = Array.from({ length: 24 }, (_, index) => `u${index}`);
        const creations = names.map((name) => createOrGone(subject, pool, name));
        const deletion = new Promise((resolve) => setTimeout(resolve, round)).then(() =>
          subject.stores.pools.delete(pool, t0),
        );
        const outcomes = await Promise.all(creations);
        assert.equal(await deletion, true);
        for (const outcome of outcomes) assert.ok(['created', 'gone'].includes(outcome), outcome);
        assert.equal(await createOrGone(subject, pool, 'late'), 'gone');
        await carryOut(() => subject.stores.pools.carryOutDeletion(pool, 5, later));
        await subject.stores.pools.createIfAbsent(aPool({ id: pool }));
        assert.equal(await subject.stores.pools.userCount(pool), 0);
        for (const name of names) assert.equal(await createOrGone(subject, pool, name), 'created');
      }
    });

    test('a membership that races the deletion of its user is not left behind', async () => {
      const { stores } = subject;
      const pool = await subject.newPool();
      await stores.groups.createIfAbsent(aGroup(pool, 'staff'));
      for (let round = 0; round < 20; round += 1) {
        const user = aUser(pool, `u${round}`);
        await stores.users.create(user);
        await Promise.all([
          ...[1, 2, 3].map(() => stores.groups.addMember(user, 'staff', t0)),
          stores.users.delete(user, t0),
          ...[1, 2, 3].map(() => stores.groups.addMember(user, 'staff', t0)),
        ]);
        assert.deepEqual(await stores.groups.ofUser(pool, user.sub), []);
        assert.equal(await stores.groups.addMember(user, 'staff', t0), 'missing');
      }
    });

    test('a deleted app client and its tokens are absent at once, and removed in slices', async () => {
      const { stores } = subject;
      const pool = await subject.newPool();
      const client = aClient(pool);
      await stores.clients.createIfAbsent(client);
      const user = aUser(pool, 'anna');
      await stores.users.create(user);
      const session = (index: number) =>
        aSession(pool, user.sub, { id: `${pool}-${index}`, clientId: client.id });
      for (let index = 0; index < 10; index += 1)
        await stores.sessions.create(session(index), `client-${pool}-${index}`);
      assert.equal((await stores.sessions.liveUser(pool, user.sub, `${pool}-3`))?.session, 'live');
      await stores.clients.delete(client.id, t0);
      assert.equal((await stores.jobs.get(deletionOfClient(client.id)))?.subject, client.id);
      assert.equal(await stores.clients.get(client.id), undefined);
      assert.equal(await stores.clients.change(client.id, (current) => current), undefined);
      assert.equal(await stores.clients.count(pool), 0);
      assert.deepEqual((await stores.clients.list(pool, 10)).items, []);
      assert.equal(
        (await stores.sessions.liveUser(pool, user.sub, `${pool}-3`))?.session,
        'unknown',
      );
      assert.equal(await stores.sessions.byToken(`client-${pool}-3`), undefined);
      assert.equal(await stores.clients.createIfAbsent(client), false);
      // 10 tokens and 10 sessions.
      assert.equal(await carryOut(() => stores.clients.carryOutDeletion(client.id, 6)), 4);
      assert.equal(await stores.clients.createIfAbsent(client), true);
    });

    test('a user with thousands of sessions is deleted at once with all of them; the rows are removed in slices', async () => {
      const { stores } = subject;
      const pool = await subject.newPool();
      const [anna, otto] = [aUser(pool, 'anna'), aUser(pool, 'otto')];
      for (const user of [anna, otto]) await stores.users.create(user);
      const { sessions } = stores;
      for (let at = 0; at < 150; at += 1)
        await sessions.create(aSession(pool, anna.sub, { id: `${pool}-${at}` }), `t-${pool}-${at}`);
      await sessions.create(aSession(pool, otto.sub, { id: `${pool}-otto` }), `t-${pool}-otto`);
      assert.equal(await stores.users.delete(anna, t0), true);
      const job = await stores.jobs.get(deletionOfUser(anna));
      assert.deepEqual([job?.kind, job?.subject, job?.dueAtMs], ['delete-user', anna.sub, t0]);
      const exchange = (at: number) =>
        sessions.rotate(`t-${pool}-${at}`, `next-${pool}-${at}`, t0, 1_000);
      for (let at = 0; at < 150; at += 1) {
        assert.equal(await sessions.byToken(`t-${pool}-${at}`), undefined);
        // As in a request that had read the token before.
        assert.equal(await exchange(at), 'missing');
        assert.equal(await sessions.liveUser(pool, anna.sub, `${pool}-${at}`), undefined);
      }
      // 150 tokens and 150 sessions, of which 200 rows were removed at once.
      assert.equal(await carryOut(() => stores.users.carryOutDeletion(anna, 30)), 4);
      assert(await sessions.byToken(`t-${pool}-otto`));
      assert.equal(await stores.users.delete(otto, t0), true);
      assert.equal(await stores.jobs.get(deletionOfUser(otto)), undefined);
      await stores.pools.delete(pool, t0);
      assert.equal(await stores.users.carryOutDeletion(anna, 30), 'gone');
    });

    test('verifiers stay if an app client allows SRP again, or the pool is gone', async () => {
      const { stores } = subject;
      const pool = aPool({ allowsSrp: true });
      await stores.pools.createIfAbsent(pool);
      const user = aUser(pool.id, 'anna', { sealedSrp: 's' });
      await stores.users.create(user);
      assert.equal(await stores.users.dropSrpVerifiers(pool.id, 1, ''), undefined);
      assert.equal((await stores.users.bySub(user))?.sealedSrp, 's');
      await stores.pools.change(pool.id, (current) => ({ ...current, allowsSrp: false }));
      assert.equal(await stores.users.dropSrpVerifiers(pool.id, 1_000_000, ''), undefined);
      assert.equal((await stores.users.bySub(user))?.sealedSrp, undefined);
      await stores.pools.delete(pool.id, t0);
      assert.equal(await stores.users.dropSrpVerifiers(pool.id, 1, ''), undefined);
    });
  });
}
