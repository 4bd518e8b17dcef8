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
    test('attempts count up, lock, and count nothing while the lock holds', async () => {
      const user = await newUser(subject);
      const { users } = subject.stores;
      for (let second = 0; second < 3; second += 1)
        assert.equal(await users.takePasswordAttempt(user, t0 + second, lockMs), true);
      const locked: User = {
        ...user,
        failedAttempts: 3,
        lastFailedAtMs: t0 + 2,
        lockedUntilMs: t0 + 1_002,
      };
      assert.deepEqual(await users.bySub(user), locked);
      assert.equal(await users.takePasswordAttempt(user, t0 + 1_001, lockMs), false);
      await subject.restart();
      assert.deepEqual(await subject.stores.users.bySub(user), locked);
      assert.equal(await subject.stores.users.takePasswordAttempt(user, t0 + 1_002, lockMs), true);
      assert.equal((await subject.stores.users.bySub(user))?.failedAttempts, 4);
    });

    test('eight guesses at once cannot outrun the lock', async () => {
      const user = await newUser(subject);
      const outcomes = await eightTakers(() =>
        subject.stores.users.takePasswordAttempt(user, t0, lockMs),
      );
      assert.deepEqual(Object.fromEntries(outcomes), { true: 3, false: 5 });
      assert.equal((await subject.stores.users.bySub(user))?.failedAttempts, 3);
    });

    test('fifteen idle minutes are forgotten, a moment less is not', async () => {
      const { users } = subject.stores;
      const user = await newUser(subject);
      await users.takePasswordAttempt(user, t0, () => 0);
      await users.takePasswordAttempt(user, t0 + 15 * minuteMs - 1, () => 0);
      assert.equal((await users.bySub(user))?.failedAttempts, 2);
      await users.takePasswordAttempt(user, t0 + 30 * minuteMs - 1, () => 0);
      assert.equal((await users.bySub(user))?.failedAttempts, 1);
    });

    test('a lock does not hold for the size of the jump of a clock that is set back', async () => {
      const { users } = subject.stores;
      const user = await newUser(subject);
      const ahead = t0 + 60 * minuteMs;
      for (let count = 0; count < 3; count += 1)
        await users.takePasswordAttempt(user, ahead, lockMs);
      assert.equal(await users.takePasswordAttempt(user, ahead, lockMs), false);
      assert.equal(await users.takePasswordAttempt(user, t0, lockMs), true);
      assert.equal(await users.takePasswordAttempt(user, t0, lockMs), false);
    });

    test('a guess that began before the one that set the lock does not get past it', async () => {
      const { users } = subject.stores;
      const user = await newUser(subject);
      for (let count = 0; count < 3; count += 1) await users.takePasswordAttempt(user, t0, lockMs);
      for (const earlierMs of [1, 1_000, 60_000]) {
        assert.equal(await users.takePasswordAttempt(user, t0 - earlierMs, lockMs), false);
      }
    });

    test('a success forgets the failures; there is none to take for nobody', async () => {
      const { users } = subject.stores;
      const user = await newUser(subject);
      await users.takePasswordAttempt(user, t0, () => 500);
      await users.clearFailedAttempts(user);
      await users.clearFailedAttempts(user);
      assert.deepEqual(await users.bySub(user), user);
      const nobody = { poolId: user.poolId, sub: sub('nobody') };
      assert.equal(await users.takePasswordAttempt(nobody, t0, lockMs), false);
      await users.clearFailedAttempts(nobody);
    });
  });
}
