import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PoolId } from '@poolhouse/core';
import { t0 } from './records.ts';
import { describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase, Subject } from './subject.ts';

function taking(
  { stores }: Subject,
  pool: PoolId,
  max: number,
): (nowMs: number, subject?: string, action?: string) => Promise<boolean> {
  return (nowMs, subject = 'anna', action = 'try') =>
    stores.limits.take(pool, subject, action, max, 1_000, nowMs);
}

/** What LimitStore promises. */
export function limitsContract(make: MakeDatabase): void {
  describeStore('limits', make, (subject) => {
    test('permits of a window are used up, before and after a restart; each subject and action has its own', async () => {
      const pool = await subject.newPool();
      let take = taking(subject, pool, 2);
      assert.deepEqual(
        [await take(t0), await take(t0 + 1), await take(t0 + 2)],
        [true, true, false],
      );
      await subject.restart();
      take = taking(subject, pool, 2);
      assert.equal(await take(t0 + 3), false);
      assert.equal(await take(t0 + 3, 'bob'), true);
      assert.equal(await take(t0 + 3, 'anna', 'other'), true);
      assert.equal(await taking(subject, await subject.newPool(), 2)(t0 + 3), true);
    });

    test('eight takers of three permits: three win', async () => {
      const take = taking(subject, await subject.newPool(), 3);
      const outcomes = await eightTakers(() => take(t0));
      assert.deepEqual(Object.fromEntries(outcomes), { true: 3, false: 5 });
    });

    test('eight takers at the end of a window share the new one', async () => {
      const take = taking(subject, await subject.newPool(), 3);
      await take(t0);
      const outcomes = await eightTakers(() => take(t0 + 1_000));
      assert.deepEqual(Object.fromEntries(outcomes), { true: 3, false: 5 });
    });

    test('refused takes do not prolong the window', async () => {
      const take = taking(subject, await subject.newPool(), 1);
      assert.equal(await take(t0), true);
      for (const later of [1, 500, 999]) assert.equal(await take(t0 + later), false);
      assert.equal(await take(t0 + 1_000), true);
    });

    test('a limit of nothing lets nothing through', async () => {
      assert.equal(await taking(subject, await subject.newPool(), 0)(t0), false);
    });

    test('a clock that is set back does not lock anybody out for the size of the jump', async () => {
      const take = taking(subject, await subject.newPool(), 1);
      await take(t0 + 3_600_000);
      assert.equal(await take(t0), true);
      assert.equal(await take(t0 + 1), false);
    });

    test('a take in a transaction that fails is given back', async () => {
      const pool = await subject.newPool();
      const failing = subject.storage.transaction(async ({ limits }) => {
        assert.equal(await limits.take(pool, 'anna', 'try', 1, 1_000, t0), true);
        throw new Error('undo');
      });
      await assert.rejects(failing, /undo/);
      assert.equal(await taking(subject, pool, 1)(t0), true);
    });

    test('purging removes windows that have ended, a batch at a time', async () => {
      const pool = await subject.newPool();
      const { limits } = subject.stores;
      for (let index = 0; index < 3; index += 1)
        await limits.take(pool, `s${index}`, 'try', 1, 10, index);
      assert.equal(await limits.purge(12, 1), 1);
      assert.equal(await limits.purge(12, 9), 1);
      assert.equal(await limits.purge(12, 9), 0);
    });
  });
}
