import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { User } from '@poolhouse/core';
import { aUser, sub, t0 } from './records.ts';
import { describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase, Subject } from './subject.ts';

const minuteMs = 60_000;
/** Locks for a second after the third failure. */
const lockMs = (count: number): number => (count >= 3 ? 1_000 : 0);

async function newUser({ stores, newPool }: Subject): Promise<User> {
  const user = aUser(await newPool(), 'anna');
  await stores.users.create(user);
  return user;
}

/** What UserStore promises about failed password attempts. */
export function passwordAttemptsContract(make: MakeDatabase): void {
  describeStore('password attempts', make, (subject) => {
    test('attempts are counted and lock; none is counted while the lock holds', async () => {
      const user = await newUser(subject);
      const { users } = subject.stores;
      for (let second = 0; second < 3; second += 1)
        assert(await users.takePasswordAttempt(user, t0 + second, lockMs));
      const locked: User = {
        ...user,
        failedAttempts: 3,
        lastFailedAtMs: t0 + 2,
        lockedUntilMs: t0 + 1_002,
      };
      assert.deepEqual(await users.bySub(user), locked);
      assert.equal(await users.takePasswordAttempt(user, t0 + 1_001, lockMs), undefined);
      await subject.restart();
      assert.deepEqual(await subject.stores.users.bySub(user), locked);
      assert(await subject.stores.users.takePasswordAttempt(user, t0 + 1_002, lockMs));
      assert.equal((await subject.stores.users.bySub(user))?.failedAttempts, 4);
    });

    test('eight simultaneous attempts cannot outrun the lock', async () => {
      const user = await newUser(subject);
      const outcomes = await eightTakers(
        async () =>
          (await subject.stores.users.takePasswordAttempt(user, t0, lockMs)) !== undefined,
      );
      assert.deepEqual(Object.fromEntries(outcomes), { true: 3, false: 5 });
      assert.equal((await subject.stores.users.bySub(user))?.failedAttempts, 3);
    });

    test('failures are forgotten after fifteen idle minutes, and not a moment earlier', async () => {
      const { users } = subject.stores;
      const user = await newUser(subject);
      await users.takePasswordAttempt(user, t0, () => 0);
      await users.takePasswordAttempt(user, t0 + 15 * minuteMs - 1, () => 0);
      assert.equal((await users.bySub(user))?.failedAttempts, 2);
      await users.takePasswordAttempt(user, t0 + 30 * minuteMs - 1, () => 0);
      assert.equal((await users.bySub(user))?.failedAttempts, 1);
    });

    test('a clock that is set back does not prolong a lock by the size of the jump', async () => {
      const { users } = subject.stores;
      const user = await newUser(subject);
      const ahead = t0 + 60 * minuteMs;
      for (let count = 0; count < 3; count += 1)
        await users.takePasswordAttempt(user, ahead, lockMs);
      assert.equal(await users.takePasswordAttempt(user, ahead, lockMs), undefined);
      assert(await users.takePasswordAttempt(user, t0, lockMs));
      assert.equal(await users.takePasswordAttempt(user, t0, lockMs), undefined);
    });

    test('an attempt that started before the one that set the lock does not get past it', async () => {
      const { users } = subject.stores;
      const user = await newUser(subject);
      for (let count = 0; count < 3; count += 1) await users.takePasswordAttempt(user, t0, lockMs);
      for (const earlierMs of [1, 1_000, 60_000]) {
        assert.equal(await users.takePasswordAttempt(user, t0 - earlierMs, lockMs), undefined);
      }
    });

    test('a success clears the failures; there is no attempt to take for a missing user', async () => {
      const { users } = subject.stores;
      const user = await newUser(subject);
      await users.takePasswordAttempt(user, t0, () => 500);
      await users.clearFailedAttempts(user);
      await users.clearFailedAttempts(user);
      assert.deepEqual(await users.bySub(user), user);
      const nobody = { poolId: user.poolId, sub: sub('nobody') };
      assert.equal(await users.takePasswordAttempt(nobody, t0, lockMs), undefined);
      await users.clearFailedAttempts(nobody);
    });

    test('an attempt that is given back leaves the user as if it had not been taken', async () => {
      const { users } = subject.stores;
      const user = await newUser(subject);
      const first = await users.takePasswordAttempt(user, t0, lockMs);
      assert(first);
      await users.giveBackPasswordAttempt(user, first, lockMs);
      assert.deepEqual(await users.bySub(user), user);
      // The third locks. Once it is given back, the lock is gone and the first two stay, with their time.
      for (const atMs of [t0, t0 + 1]) await users.takePasswordAttempt(user, atMs, lockMs);
      const before = await users.bySub(user);
      const third = await users.takePasswordAttempt(user, t0 + 2, lockMs);
      assert(third);
      assert.equal((await users.bySub(user))?.lockedUntilMs, t0 + 1_002);
      await users.giveBackPasswordAttempt(user, third, lockMs);
      assert.deepEqual(await users.bySub(user), before);
      // A lock that others have caused ends when it would have ended anyway.
      await users.takePasswordAttempt(user, t0 + 2, lockMs);
      const fourth = await users.takePasswordAttempt(user, t0 + 2_000, lockMs);
      assert(fourth);
      await users.giveBackPasswordAttempt(user, fourth, lockMs);
      assert(await users.takePasswordAttempt(user, t0 + 2_001, lockMs));
    });

    test('giving back takes nothing from others: neither those at the same time, nor those after a success or a new password', async () => {
      const { users } = subject.stores;
      const user = await newUser(subject);
      const mine = await users.takePasswordAttempt(user, t0, lockMs);
      await users.takePasswordAttempt(user, t0 + 5, lockMs);
      assert(mine);
      await users.giveBackPasswordAttempt(user, mine, lockMs);
      const { failedAttempts, lastFailedAtMs } = (await users.bySub(user)) ?? {};
      assert.deepEqual([failedAttempts, lastFailedAtMs], [1, t0 + 5]);
      const forgets = [
        () => users.clearFailedAttempts(user),
        () =>
          users.change(user, (now) => ({ ...now, failedAttempts: 0, lastFailedAtMs: undefined })),
      ];
      for (const forget of forgets) {
        const early = await users.takePasswordAttempt(user, t0 + 10, lockMs);
        await forget();
        await users.takePasswordAttempt(user, t0 + 10, lockMs);
        assert(early);
        await users.giveBackPasswordAttempt(user, early, lockMs);
        assert.equal((await users.bySub(user))?.failedAttempts, 1);
      }
      const gone = { poolId: user.poolId, sub: sub('nobody') };
      await users.giveBackPasswordAttempt(gone, mine, lockMs);
    });

    test('of eight that take and give back at once, none stays and none is lost', async () => {
      const { users } = subject.stores;
      const user = await newUser(subject);
      await users.takePasswordAttempt(user, t0, () => 0);
      await eightTakers(async (taker) => {
        const attempt = await users.takePasswordAttempt(user, t0 + 1 + taker, () => 0);
        assert(attempt);
        await users.giveBackPasswordAttempt(user, attempt, () => 0);
      });
      assert.equal((await users.bySub(user))?.failedAttempts, 1);
    });
  });
}
