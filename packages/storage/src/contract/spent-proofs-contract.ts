import assert from 'node:assert/strict';
import { test } from 'node:test';
import { t0 } from './records.ts';
import { describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

/** What SpentProofStore promises. */
export function spentProofsContract(make: MakeDatabase): void {
  describeStore('spent proofs', make, (subject) => {
    test('a proof is spent once, before and after a restart', async () => {
      assert.equal(await subject.stores.spentProofs.spend('once', t0), true);
      assert.equal(await subject.stores.spentProofs.spend('once', t0 + 1), false);
      await subject.restart();
      assert.equal(await subject.stores.spentProofs.spend('once', t0), false);
      assert.equal(await subject.stores.spentProofs.spend('Once', t0), true);
    });

    test('eight parallel takers have one winner', async () => {
      const outcomes = await eightTakers(() => subject.stores.spentProofs.spend('eight', t0));
      assert.deepEqual(Object.fromEntries(outcomes), { true: 1, false: 7 });
    });

    test('spending in a transaction that fails leaves the proof unspent', async () => {
      const failing = subject.storage.transaction(async ({ spentProofs }) => {
        await spentProofs.spend('undone', t0);
        throw new Error('undo');
      });
      await assert.rejects(failing, /undo/);
      assert.equal(await subject.stores.spentProofs.spend('undone', t0), true);
    });

    test('purging removes what has ended, a batch at a time', async () => {
      const { spentProofs } = subject.stores;
      for (let index = 0; index < 4; index += 1) await spentProofs.spend(`p${index}`, index);
      assert.equal(await spentProofs.purge(3, 2), 2);
      assert.equal(await spentProofs.purge(3, 2), 1);
      assert.equal(await spentProofs.purge(3, 2), 0);
      assert.equal(await spentProofs.spend('p3', t0), false);
    });
  });
}
