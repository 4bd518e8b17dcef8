import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PoolId } from '@poolhouse/core';
import { aUser, t0 } from './records.ts';
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
    test('the budget of a window is used up, before and after a restart; each subject and action has its own', async () => {
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

    test('of eight takers of a budget of three, three win', async () => {
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

    test('takes that arrive in a different order than they started in start no new window', async () => {
      const take = taking(subject, await subject.newPool(), 3);
      const outcomes: boolean[] = [];
      for (let later = 9; later >= 0; later -= 1) outcomes.push(await take(t0 + later));
      assert.deepEqual(outcomes, [true, true, true, ...Array<boolean>(7).fill(false)]);
    });

    test('a limit of zero lets nothing through', async () => {
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

    test('attempts on a decoy count, lock and are forgotten like those on a user', async () => {
      const { users, limits } = subject.stores;
      const poolId = await subject.newPool();
      const user = aUser(poolId, 'anna');
      await users.create(user);
      const lockMs = (count: number): number => (count >= 3 ? 1_000 * count : 0);
      const minuteMs = 60_000;
      const moments = [
        ...[0, 1, 2, 3, 3_001, 3_002, 3_003, 7_002, 9_000, 20_000, 20_001],
        // The clock is set back, then forward again.
        ...[10_000, -30_000, -minuteMs, -2 * minuteMs, -2 * minuteMs, -minuteMs, 0, 10_000],
        ...[15, 30, 46].flatMap((minutes) => [0, 1, 2].map((ms) => minutes * minuteMs + ms)),
      ];
      for (const moment of moments) {
        const atMs = t0 + moment;
        const record = await users.bySub(user);
        const remainingMs = (record?.lockedUntilMs ?? 0) - atMs;
        const longestMs = lockMs(record?.failedAttempts ?? 0) + minuteMs;
        const isLocked = remainingMs > 0 && remainingMs <= longestMs;
        assert.equal(await limits.isLocked(poolId, 'nobody', atMs, lockMs), isLocked, `${moment}`);
        const taken = await users.takePasswordAttempt(user, atMs, lockMs);
        assert.equal(taken !== undefined, !isLocked, `${moment}`);
        const same = await limits.takePasswordAttempt(poolId, 'nobody', atMs, lockMs);
        assert.equal(same !== undefined, taken !== undefined, `${moment}`);
      }
      assert.equal(await limits.isLocked(poolId, 'another', t0, lockMs), false);
    });

    test('eight simultaneous attempts on a decoy cannot outrun the lock', async () => {
      const poolId = await subject.newPool();
      const lockMs = (count: number): number => (count >= 3 ? 1_000 : 0);
      const { limits } = subject.stores;
      const outcomes = await eightTakers(
        async () => (await limits.takePasswordAttempt(poolId, 'nobody', t0, lockMs)) !== undefined,
      );
      assert.deepEqual(Object.fromEntries(outcomes), { true: 3, false: 5 });
    });

    test('attempts that are given back count for a decoy as they do for a user', async () => {
      const poolId = await subject.newPool();
      const { limits, users } = subject.stores;
      const user = aUser(poolId, 'anna');
      await users.create(user);
      const lockMs = (count: number): number => (count >= 3 ? 1_000 : 0);
      // What is taken when, and whether it is given back; the same steps for both.
      const steps = [
        [0, true],
        [1, false],
        [2, false],
        [3, true],
        [4, true],
        [5, false],
        [6, true],
        [1_004, true],
        [1_005, true],
        [1_006, false],
        [1_007, false],
        [2_007, false],
      ] as const;
      for (const [sinceMs, back] of steps) {
        const atMs = t0 + sinceMs;
        const ofUser = await users.takePasswordAttempt(user, atMs, lockMs);
        const ofDecoy = await limits.takePasswordAttempt(poolId, 'nobody', atMs, lockMs);
        assert.equal(ofDecoy !== undefined, ofUser !== undefined, `${sinceMs}`);
        if (!back || ofUser === undefined || ofDecoy === undefined) continue;
        await users.giveBackPasswordAttempt(user, ofUser, lockMs);
        await limits.giveBackPasswordAttempt(poolId, 'nobody', ofDecoy);
      }
      assert.equal((await users.bySub(user))?.failedAttempts, 5);
    });

    test('what is given back can be taken again, once, and never from the next window', async () => {
      const pool = await subject.newPool();
      const take = taking(subject, pool, 2);
      const giveBack = (takenAtMs: number, action = 'try') =>
        subject.stores.limits.giveBack(pool, 'anna', action, 1_000, takenAtMs);
      await take(t0);
      await take(t0 + 1);
      assert.equal(await take(t0 + 2), false);
      await giveBack(t0 + 1);
      assert.deepEqual([await take(t0 + 3), await take(t0 + 4)], [true, false]);
      // That window is over; the one that has started since belongs to others.
      await take(t0 + 1_000);
      await take(t0 + 1_000);
      await giveBack(t0 + 3);
      assert.equal(await take(t0 + 1_001), false);
      await giveBack(t0 + 3, 'never taken');
      await eightTakers(async () => {
        if (await take(t0 + 2_500)) await giveBack(t0 + 2_500);
      });
      assert.deepEqual([await take(t0 + 2_501), await take(t0 + 2_502)], [true, true]);
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
