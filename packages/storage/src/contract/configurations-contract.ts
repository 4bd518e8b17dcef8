import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { PoolGoneError, type ConfigurationPlace, type PoolId } from '@poolhouse/core';
import { aClient, aPool, clientId, t0 } from './records.ts';
import { describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

/** Long after the last node has dropped the record from memory. */
const later = t0 + 60_000;

const css = (text: string) => ({ CSS: text });

/** What ConfigurationStore promises. */
export function configurationsContract(make: MakeDatabase): void {
  describeStore('configurations', make, (subject) => {
    const newClient = async (poolId: PoolId) => {
      const client = aClient(poolId);
      await subject.stores.clients.createIfAbsent(client);
      return client.id;
    };
    const looks = (poolId: PoolId, client?: Awaited<ReturnType<typeof newClient>>) =>
      ({ poolId, kind: 'ui-customization', clientId: client }) as const;

    test('a configuration is read as it was written, before and after a restart', async () => {
      const { stores } = subject;
      const poolId = await subject.newPool();
      const place = { poolId, kind: 'mfa' } as const;
      assert.equal(await stores.configurations.get(place), undefined);
      const value = { SoftwareTokenMfaConfiguration: { Enabled: true } };
      assert.equal(await stores.configurations.change(place, () => value, t0), true);
      const expected = { ...place, value, modifiedAtMs: t0 };
      assert.deepStrictEqual(await stores.configurations.get(place), expected);
      await subject.restart();
      assert.deepStrictEqual(await subject.stores.configurations.get(place), expected);
    });

    test('each pool, kind and app client has a configuration of its own', async () => {
      const { configurations } = subject.stores;
      const poolId = await subject.newPool();
      const one = await newClient(poolId);
      const other = await newClient(poolId);
      await configurations.change(looks(poolId), () => css('pool'), t0);
      await configurations.change(looks(poolId, one), () => css('one'), t0);
      await configurations.change({ poolId, kind: 'risk' }, () => ({}), t0);
      assert.equal((await configurations.get(looks(poolId)))?.value.CSS, 'pool');
      const found = await configurations.get(looks(poolId, one));
      assert.deepStrictEqual(found, { ...looks(poolId, one), value: css('one'), modifiedAtMs: t0 });
      assert.equal(await configurations.get(looks(poolId, other)), undefined);
      assert.equal(await configurations.get(looks(await subject.newPool())), undefined);
    });

    test('a change sees the present value and replaces it, or removes it by returning nothing', async () => {
      const { configurations } = subject.stores;
      const place = looks(await subject.newPool());
      await configurations.change(place, () => css('a'), t0);
      await configurations.change(place, (current) => css(`${current?.CSS}b`), t0 + 1);
      const found = await configurations.get(place);
      assert.deepEqual([found?.value.CSS, found?.modifiedAtMs], ['ab', t0 + 1]);
      await configurations.change(place, () => undefined, t0);
      assert.equal(await configurations.get(place), undefined);
      await configurations.change(place, () => undefined, t0);
    });

    test('eight changes are all kept, even the first ones; of eight that create it, one does', async () => {
      const { configurations } = subject.stores;
      const place = looks(await subject.newPool());
      await eightTakers((taker) =>
        configurations.change(place, (current) => css((current?.CSS ?? '') + taker), t0),
      );
      const { CSS = '' } = (await configurations.get(place))?.value ?? {};
      assert.equal([...CSS].sort().join(''), '01234567');
      const other = looks(await subject.newPool());
      const made = await eightTakers(async (taker) => {
        let isMine = false;
        const make = (current: { CSS?: string } | undefined) => {
          isMine = current === undefined;
          return current ?? css(String(taker));
        };
        await configurations.change(other, make, t0);
        return isMine;
      });
      assert.equal(made.get(true), 1);
    });

    test('what a transaction undoes was never there, and no listener heard of it', async () => {
      const { stores, storage } = subject;
      const place = looks(await subject.newPool());
      await stores.configurations.change(place, () => css('kept'), t0);
      await stores.configurations.get(place);
      const undone = storage.transaction(async (tx) => {
        await tx.configurations.change(place, () => css('undone'), t0);
        assert.equal((await tx.configurations.get(place))?.value.CSS, 'undone');
        throw new Error('undo');
      });
      await assert.rejects(undone, /undo/);
      assert.equal((await stores.configurations.get(place))?.value.CSS, 'kept');
    });

    test('changing a returned value does not affect the next reader', async () => {
      const { configurations } = subject.stores;
      const place = looks(await subject.newPool());
      await configurations.change(place, () => css('a'), t0);
      const read = await configurations.get(place);
      assert.ok(read);
      assert.throws(() => Object.assign(read.value, css('b')), TypeError);
    });

    test('a deleted pool or a missing app client cannot be configured', async () => {
      const { stores } = subject;
      const poolId = await subject.newPool();
      const write = (place: ConfigurationPlace<'ui-customization'>) =>
        stores.configurations.change(place, () => css('x'), t0);
      const foreign = await newClient(await subject.newPool());
      for (const client of [foreign, clientId('none')])
        assert.equal(await write(looks(poolId, client)), false);
      const client = await newClient(poolId);
      await stores.clients.delete(client, t0);
      assert.equal(await write(looks(poolId, client)), false);
      await stores.pools.delete(poolId, t0);
      await assert.rejects(write(looks(poolId)), PoolGoneError);
    });

    test('deleting an app client waits for a change of its configuration, and removes that too', async () => {
      const { stores, storage } = subject;
      const poolId = await subject.newPool();
      const client = aClient(poolId);
      await stores.clients.createIfAbsent(client);
      const order: string[] = [];
      let deletion: Promise<unknown> = Promise.resolve();
      await storage.transaction(async (tx) => {
        await tx.configurations.change(looks(poolId, client.id), () => css('x'), t0);
        deletion = stores.clients.delete(client.id, t0).then(() => order.push('deleted'));
        await delay(50);
        order.push('configured');
      });
      await deletion;
      assert.deepEqual(order, ['configured', 'deleted']);
      assert.equal(await stores.clients.carryOutDeletion(client.id, 100), 'gone');
      await stores.clients.createIfAbsent(client);
      assert.equal(await stores.configurations.get(looks(poolId, client.id)), undefined);
    });

    test('deleting an app client hides its configuration at once, and later removes its rows', async () => {
      const { stores } = subject;
      const poolId = await subject.newPool();
      const client = aClient(poolId);
      await stores.clients.createIfAbsent(client);
      await stores.configurations.change(looks(poolId), () => css('pool'), t0);
      await stores.configurations.change(looks(poolId, client.id), () => css('client'), t0);
      assert.ok(await stores.configurations.get(looks(poolId, client.id)));
      await stores.clients.delete(client.id, t0);
      assert.equal(await stores.configurations.get(looks(poolId, client.id)), undefined);
      assert.equal(await stores.clients.carryOutDeletion(client.id, 1), 'rows');
      assert.equal(await stores.clients.carryOutDeletion(client.id, 100), 'gone');
      await stores.clients.createIfAbsent(client);
      assert.equal(await stores.configurations.get(looks(poolId, client.id)), undefined);
      assert.ok(await stores.configurations.get(looks(poolId)));
    });

    test('deleting a pool hides its configuration at once, and a pool made again has none', async () => {
      const { stores } = subject;
      const poolId = await subject.newPool();
      await stores.configurations.change(looks(poolId), () => css('pool'), t0);
      assert.ok(await stores.configurations.get(looks(poolId)));
      await stores.pools.delete(poolId, t0);
      assert.equal(await stores.configurations.get(looks(poolId)), undefined);
      assert.equal(await stores.pools.carryOutDeletion(poolId, 1, later), 'rows');
      assert.equal(await stores.pools.carryOutDeletion(poolId, 100, later), 'gone');
      await stores.pools.createIfAbsent(aPool({ id: poolId }));
      assert.equal(await stores.configurations.get(looks(poolId)), undefined);
    });
  });
}
