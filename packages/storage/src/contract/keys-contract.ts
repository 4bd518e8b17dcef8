import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredSigningKey, WrappedDataKey } from '@poolhouse/core';
import { anAccessKey, t0 } from './records.ts';
import { describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

const dataKey = (owner: string, version: number): WrappedDataKey => ({
  owner,
  version,
  wrapped: `wrapped ${version}`,
  createdAtMs: t0,
});

/** What DataKeyStore, SigningKeyStore and AccessKeyStore promise. */
export function keysContract(make: MakeDatabase): void {
  describeStore('keys', make, (subject) => {
    test('data keys: newest first, each version once, before and after a restart', async () => {
      for (const version of [2, 1, 3])
        assert.equal(
          await subject.stores.dataKeys.createIfAbsent(dataKey('server', version)),
          true,
        );
      const again = { ...dataKey('server', 2), wrapped: 'other' };
      assert.equal(await subject.stores.dataKeys.createIfAbsent(again), false);
      await subject.restart();
      const expected = [3, 2, 1].map((version) => dataKey('server', version));
      assert.deepEqual(await subject.stores.dataKeys.of('server'), expected);
      assert.deepEqual(await subject.stores.dataKeys.of('nobody'), []);
    });

    test('of eight that create one data key, one wins', async () => {
      const outcomes = await eightTakers(() =>
        subject.stores.dataKeys.createIfAbsent(dataKey('eight', 1)),
      );
      assert.equal(outcomes.get(true), 1);
    });

    test('re-wrapping visits all data keys and replaces one wrapping at a time', async () => {
      const { dataKeys } = subject.stores;
      for (const key of [dataKey('rewrap-b', 1), dataKey('rewrap-a', 2), dataKey('rewrap-a', 1)])
        await dataKeys.createIfAbsent(key);
      const seen: string[] = [];
      let after: readonly [string, number] | undefined = ['rewrap', 0];
      for (;;) {
        const [key]: readonly WrappedDataKey[] = await dataKeys.list(1, after);
        if (key === undefined || !key.owner.startsWith('rewrap')) break;
        seen.push(`${key.owner} ${key.version}`);
        after = [key.owner, key.version];
      }
      assert.deepEqual(seen, ['rewrap-a 1', 'rewrap-a 2', 'rewrap-b 1']);
      assert.ok((await dataKeys.list(100)).length >= 3);
      assert.equal(await dataKeys.rewrap('rewrap-a', 1, 'new'), true);
      assert.equal(await dataKeys.rewrap('rewrap-a', 9, 'new'), false);
      assert.deepEqual(
        (await dataKeys.of('rewrap-a')).map(({ wrapped }) => wrapped),
        ['wrapped 2', 'new'],
      );
    });

    test('signing keys: oldest first, each id once in a pool', async () => {
      const poolId = await subject.newPool();
      const key = (kid: string, createdAtMs: number): StoredSigningKey => ({
        poolId,
        use: kid === 'a' ? 'access' : 'id',
        kid,
        publicJwk: '{"kty":"RSA"}',
        sealedPrivate: 'sealed',
        createdAtMs,
      });
      const { signingKeys } = subject.stores;
      assert.equal(await signingKeys.createIfAbsent(key('b', t0 + 1)), true);
      assert.equal(await signingKeys.createIfAbsent(key('c', t0)), true);
      assert.equal(await signingKeys.createIfAbsent(key('a', t0 + 1)), true);
      assert.equal(await signingKeys.createIfAbsent(key('a', t0)), false);
      assert.deepEqual(await signingKeys.of(poolId), [
        key('c', t0),
        key('a', t0 + 1),
        key('b', t0 + 1),
      ]);
      assert.deepEqual(await signingKeys.of(await subject.newPool()), []);
      assert.equal(await signingKeys.reseal(poolId, 'a', 'anew'), true);
      assert.equal(await signingKeys.reseal(poolId, 'd', 'anew'), false);
      assert.equal(await signingKeys.delete(poolId, 'c'), true);
      assert.equal(await signingKeys.delete(poolId, 'c'), false);
      await subject.restart();
      assert.deepEqual(await subject.stores.signingKeys.of(poolId), [
        { ...key('a', t0 + 1), sealedPrivate: 'anew' },
        key('b', t0 + 1),
      ]);
    });

    test('access keys are read as they were written, and switching one off shows at once', async () => {
      const all = anAccessKey('AKALL', { note: 'for the console' });
      const some = anAccessKey('AKSOME', {
        pools: ['test-1_a'],
        enabled: false,
        createdAtMs: t0 + 1,
      });
      const none = anAccessKey('AKNONE', { pools: [], createdAtMs: t0 + 2 });
      for (const key of [none, some, all])
        assert.equal(await subject.stores.accessKeys.createIfAbsent(key), true);
      assert.equal(await subject.stores.accessKeys.createIfAbsent(all), false);
      await subject.restart();
      const { accessKeys } = subject.stores;
      assert.deepEqual(await accessKeys.list(), [all, some, none]);
      for (const key of [all, some, none]) assert.deepEqual(await accessKeys.get(key.id), key);
      assert.equal(await accessKeys.get('akall'), undefined);
      assert.equal(await accessKeys.setEnabled('AKALL', false), true);
      assert.equal((await accessKeys.get('AKALL'))?.enabled, false);
      assert.equal(await accessKeys.setEnabled('AKNOBODY', false), false);
      assert.equal(await accessKeys.reseal('AKALL', 'anew'), true);
      assert.deepEqual(await accessKeys.get('AKALL'), {
        ...all,
        enabled: false,
        sealedSecret: 'anew',
      });
      assert.equal(await accessKeys.reseal('AKNOBODY', 'anew'), false);
    });
  });
}
