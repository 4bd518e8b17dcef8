import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEntry, PoolId } from '@poolhouse/core';
import { t0 } from './records.ts';
import { describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

type Link = (last: { readonly number: number; readonly hash: string } | undefined) => AuditEntry;

const link =
  (over: Partial<AuditEntry> = {}): Link =>
  (last) => ({
    atMs: t0,
    actor: 'local',
    actorKind: 'access-key',
    operation: 'CreateGroup',
    changes: [{ record: 'group', name: 'admin', after: { name: 'admin' } }],
    ...over,
    number: (last?.number ?? 0) + 1,
    previousHash: last?.hash ?? 'start',
    hash: `hash ${(last?.number ?? 0) + 1}`,
  });

/** What AuditStore promises. */
export function auditContract(make: MakeDatabase): void {
  describeStore('audit', make, (subject) => {
    test('eight appenders make one chain without gaps, which survives a restart', async () => {
      await eightTakers(() => subject.stores.audit.append(link()));
      await subject.restart();
      await subject.stores.audit.append(link());
      const { items } = await subject.stores.audit.list({}, 20);
      assert.deepEqual(
        items.map(({ number }) => number),
        [9, 8, 7, 6, 5, 4, 3, 2, 1],
      );
      for (const [at, { previousHash }] of items.entries()) {
        assert.equal(previousHash, items[at + 1]?.hash ?? 'start');
      }
    });

    test('entries are read as they were written, filtered and in pages', async () => {
      const pool = 'eu-west-1_gone00000' as PoolId;
      const full = {
        actor: 'mara',
        actorKind: 'administrator',
        source: '::1',
        poolId: pool,
      } as const;
      await subject.stores.audit.append(link({ ...full, atMs: t0 + 5, operation: 'DeleteGroup' }));
      await subject.stores.audit.append(link({ ...full, atMs: t0 + 9 }));
      const { audit } = subject.stores;
      const first = await audit.list({ poolId: pool }, 1);
      assert.equal(first.items[0]?.atMs, t0 + 9);
      const { number = 0 } = first.items[0] ?? {};
      const second = await audit.list({ poolId: pool }, 1, first.after);
      assert.deepEqual(second.items[0], {
        ...link({ ...full, atMs: t0 + 5, operation: 'DeleteGroup' })({
          number: number - 2,
          hash: `hash ${number - 2}`,
        }),
      });
      assert.equal(second.after, undefined);
      const count = async (filter: Parameters<typeof audit.list>[0]) =>
        (await audit.list(filter, 50)).items.length;
      assert.equal(await count({ actor: 'mara' }), 2);
      assert.equal(await count({ actor: 'mara', operation: 'DeleteGroup' }), 1);
      assert.equal(await count({ poolId: pool, sinceMs: t0 + 6 }), 1);
      assert.equal(await count({ poolId: pool, untilMs: t0 + 5 }), 1);
      assert.equal(await count({ poolId: 'nobody' }), 0);
    });

    test('a transaction that fails leaves no entry', async () => {
      const before = (await subject.stores.audit.list({}, 1)).items[0]?.number;
      const failing = subject.storage.transaction(async ({ audit }) => {
        await audit.append(link());
        throw new Error('undo');
      });
      await assert.rejects(failing, /undo/);
      assert.equal((await subject.stores.audit.list({}, 1)).items[0]?.number, before);
    });
  });

  const macOf = ({ number, hash }: { readonly number: number; readonly hash: string }) =>
    `mac of ${number} ${hash}`;

  describeStore('audit, its old end', make, (subject) => {
    test('entries are removed oldest first, in slices, and the floor follows', async () => {
      const { audit } = subject.stores;
      assert.deepEqual(await audit.floor(), { number: 0, hash: '', mac: '' });
      for (const atMs of [1, 2, 3, 4, 9]) await audit.append(link({ atMs: t0 + atMs }));
      assert.equal(await audit.prune(t0 + 5, 3, macOf), 3);
      assert.equal(await audit.prune(t0 + 5, 3, macOf), 1);
      assert.equal(await audit.prune(t0 + 5, 3, macOf), 0);
      await subject.restart();
      assert.deepEqual(await subject.stores.audit.floor(), {
        number: 4,
        hash: 'hash 4',
        mac: 'mac of 4 hash 4',
      });
      const { items } = await subject.stores.audit.list({}, 10);
      assert.deepEqual(
        items.map(({ number }) => number),
        [5],
      );
      assert.deepEqual(await subject.stores.audit.head(), { number: 5, hash: 'hash 5' });
    });
  });

  describeStore('audit, pruned in parallel', make, (subject) => {
    test('eight that prune while others append lose only what is old', async () => {
      const { audit } = subject.stores;
      for (let at = 0; at < 20; at += 1) await audit.append(link({ atMs: t0 - 100 }));
      const removed = await Promise.all(
        Array.from({ length: 8 }, async (_, at) => {
          if (at % 2 === 0) await audit.append(link({ atMs: t0 + 100 }));
          return audit.prune(t0 - 50, 4, macOf);
        }),
      );
      const { items } = await audit.list({}, 100);
      assert.equal(items.filter(({ atMs }) => atMs > t0 + 50).length, 4);
      const { number } = await audit.floor();
      assert.equal((await audit.head()).number - number, items.length, 'no gap above the floor');
      assert.ok(removed.reduce((sum, count) => sum + count) >= 20);
    });
  });

  describeStore('audit, in another form', make, (subject) => {
    test('every entry is rewritten in another form, together with the head', async () => {
      const { audit } = subject.stores;
      for (let at = 0; at < 3; at += 1) await audit.append(link());
      await audit.rewrite(async (entry, previous) => ({
        ...entry,
        changes: [],
        previousHash: previous?.hash ?? 'new start',
        hash: `new ${entry.number}`,
      }));
      const { items } = await audit.list({}, 10);
      assert.deepEqual(
        items.map(({ hash, previousHash, changes }) => [hash, previousHash, changes]),
        [
          ['new 3', 'new 2', []],
          ['new 2', 'new 1', []],
          ['new 1', 'new start', []],
        ],
      );
      assert.deepEqual(await audit.head(), { number: 3, hash: 'new 3' });
    });

    test('a rewrite that fails leaves everything as it was', async () => {
      const { audit } = subject.stores;
      const before = await audit.list({}, 10);
      await assert.rejects(
        audit.rewrite(async (entry) => {
          if (entry.number === 2) throw new Error('undo');
          return { ...entry, changes: [] };
        }),
        /undo/,
      );
      assert.deepEqual(await audit.list({}, 10), before);
    });
  });

  describeStore('metrics', make, (subject) => {
    test('counts add up by day and kind, and are deleted with their pool', async () => {
      const poolId = await subject.newPool();
      const { metrics } = subject.stores;
      const metric = (day: string, count: number) =>
        ({ poolId, day, kind: 'sign-in', count }) as const;
      await metrics.add([metric('2026-11-22', 2), metric('2026-11-23', 1)]);
      await eightTakers(() => metrics.add([metric('2026-11-23', 1)]));
      await metrics.add([{ ...metric('2026-11-23', 4), kind: 'sign-up' }]);
      await metrics.add([{ ...metric('2026-11-23', 4), poolId: 'local_gone' as PoolId }]);
      await subject.restart();
      assert.deepEqual(await subject.stores.metrics.between(poolId, '2026-11-23', '2026-11-23'), [
        metric('2026-11-23', 9),
        { ...metric('2026-11-23', 4), kind: 'sign-up' },
      ]);
      assert.equal(
        (await subject.stores.metrics.between(poolId, '2026-01-01', '2026-12-31')).length,
        3,
      );
      await subject.stores.pools.delete(poolId, t0);
      await subject.stores.pools.carryOutDeletion(poolId, 100, t0 + 60_000);
      assert.deepEqual(
        await subject.stores.metrics.between(poolId, '2026-01-01', '2026-12-31'),
        [],
      );
    });
  });
}
