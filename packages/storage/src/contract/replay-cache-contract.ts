import assert from 'node:assert/strict';
import { test } from 'node:test';
import { t0 } from './records.ts';
import { describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

/** What ReplayCacheStore promises. */
export function replayCacheContract(make: MakeDatabase): void {
  describeStore('spent proofs', make, (subject) => {
    test('a proof can be spent once, before and after a restart', async () => {
      assert.equal(await subject.stores.replayCache.isSpent('once'), false);
      assert.equal(await subject.stores.replayCache.spend('once', t0), true);
      assert.equal(await subject.stores.replayCache.isSpent('once'), true);
      assert.equal(await subject.stores.replayCache.spend('once', t0 + 1), false);
      await subject.restart();
      assert.equal(await subject.stores.replayCache.spend('once', t0), false);
      assert.equal(await subject.stores.replayCache.spend('Once', t0), true);
    });

    test('of eight parallel takers, one wins', async () => {
      const outcomes = await eightTakers(() => subject.stores.replayCache.spend('eight', t0));
      assert.deepEqual(Object.fromEntries(outcomes), { true: 1, false: 7 });
    });

    test('spending in a transaction that fails leaves the proof unspent', async () => {
      const failing = subject.storage.transaction(async ({ replayCache }) => {
        await replayCache.spend('undone', t0);
        throw new Error('undo');
      });
      await assert.rejects(failing, /undo/);
      assert.equal(await subject.stores.replayCache.spend('undone', t0), true);
    });

    test('purging removes expired proofs, a batch at a time', async () => {
      const { replayCache } = subject.stores;
      for (let index = 0; index < 4; index += 1) await replayCache.spend(`p${index}`, index);
      assert.equal(await replayCache.purge(3, 2), 2);
      assert.equal(await replayCache.purge(3, 2), 1);
      assert.equal(await replayCache.purge(3, 2), 0);
      assert.equal(await replayCache.spend('p3', t0), false);
    });
  });
}
