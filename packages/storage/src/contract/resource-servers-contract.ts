import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PoolGoneError } from '@poolhouse/core';
import { aPool, aResourceServer, t0 } from './records.ts';
import { allPages, describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

const MOST = 100;

/** What ResourceServerStore promises. */
export function resourceServersContract(make: MakeDatabase): void {
  describeStore('resource servers', make, (subject) => {
    test('a resource server is read as it was written, before and after a restart', async () => {
      const poolId = await subject.newPool();
      const bare = aResourceServer(poolId, 'api', { scopes: [] });
      const full = aResourceServer(poolId, 'https://api.example.com/v1');
      assert.equal(await subject.stores.resourceServers.add(bare, MOST), 'added');
      assert.equal(await subject.stores.resourceServers.add(full, MOST), 'added');
      assert.equal(await subject.stores.resourceServers.add({ ...bare, name: 'x' }, MOST), 'taken');
      await subject.restart();
      const { resourceServers } = subject.stores;
      assert.deepStrictEqual(await resourceServers.get(poolId, 'api'), bare);
      assert.deepStrictEqual(await resourceServers.get(poolId, full.identifier), full);
      assert.equal(await resourceServers.get(poolId, 'API'), undefined);
      assert.equal(await resourceServers.get(await subject.newPool(), 'api'), undefined);
    });

    test('a change sees the present record, and keeps what it is known by', async () => {
      const { resourceServers } = subject.stores;
      const poolId = await subject.newPool();
      await resourceServers.add(aResourceServer(poolId, 'api', { name: '' }), MOST);
      await eightTakers((taker) =>
        resourceServers.change(poolId, 'api', (one) => ({ ...one, name: one.name + taker })),
      );
      const { name = '' } = (await resourceServers.get(poolId, 'api')) ?? {};
      assert.equal([...name].sort().join(''), '01234567');
      const other = aResourceServer(poolId, 'other', { createdAtMs: 0, modifiedAtMs: t0 + 1 });
      const changed = await resourceServers.change(poolId, 'api', () => other);
      assert.deepStrictEqual(changed, { ...other, identifier: 'api', createdAtMs: t0 });
      assert.deepStrictEqual(await resourceServers.get(poolId, 'api'), changed);
      assert.equal(await resourceServers.change(poolId, 'none', (one) => one), undefined);
    });

    test('of eight that add one identifier, one wins; a pool has no more than it may', async () => {
      const { resourceServers } = subject.stores;
      const poolId = await subject.newPool();
      const same = await eightTakers(() => resourceServers.add(aResourceServer(poolId, 'a'), MOST));
      assert.deepEqual([same.get('added'), same.get('taken')], [1, 7]);
      const others = await eightTakers((taker) =>
        resourceServers.add(aResourceServer(poolId, `b${taker}`), 4),
      );
      assert.deepEqual([others.get('added'), others.get('full')], [3, 5]);
      assert.equal((await resourceServers.list(poolId, 60)).items.length, 4);
    });

    test('they are listed by identifier, in code point order, until they are deleted', async () => {
      const { resourceServers } = subject.stores;
      const poolId = await subject.newPool();
      for (const identifier of ['b', 'Z', 'a/b', 'a'])
        await resourceServers.add(aResourceServer(poolId, identifier), MOST);
      for (const limit of [1, 3, 4, 5]) {
        const pages = await allPages((after: string | undefined) =>
          resourceServers.list(poolId, limit, after),
        );
        assert.deepEqual(
          pages.flat().map(({ identifier }) => identifier),
          ['Z', 'a', 'a/b', 'b'],
        );
        assert.equal(pages.length, Math.ceil(4 / limit));
      }
      assert.equal(await resourceServers.delete(poolId, 'a'), true);
      assert.equal(await resourceServers.delete(poolId, 'a'), false);
      assert.equal(await resourceServers.get(poolId, 'a'), undefined);
      assert.equal((await resourceServers.list(poolId, 60)).items.length, 3);
    });

    test('a deleted pool takes no more, and made again it has none', async () => {
      const { pools, resourceServers } = subject.stores;
      const poolId = await subject.newPool();
      for (const identifier of ['a', 'b'])
        await resourceServers.add(aResourceServer(poolId, identifier), MOST);
      await pools.delete(poolId, t0);
      await assert.rejects(resourceServers.add(aResourceServer(poolId, 'c'), MOST), PoolGoneError);
      assert.equal(await pools.carryOutDeletion(poolId, 1, t0 + 60_000), 'rows');
      assert.equal(await pools.carryOutDeletion(poolId, 100, t0 + 60_000), 'gone');
      await pools.createIfAbsent(aPool({ id: poolId }));
      assert.deepEqual((await resourceServers.list(poolId, 60)).items, []);
    });
  });
}
