import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLocked, lockMsAfter } from './lockout.ts';

test('locks from the fifth failure on, twice as long each time, at most 15 minutes', () => {
  const seconds = [1, 4, 5, 6, 7, 10, 14, 15, 16, 2000].map((n) => lockMsAfter(n) / 1000);
  assert.deepEqual(seconds, [0, 0, 1, 2, 4, 32, 512, 900, 900, 900]);
});

test('a lock ends at its exact millisecond', () => {
  assert.equal(isLocked({ failedAttempts: 0 }, 0), false);
  assert.equal(isLocked({ failedAttempts: 5, lockedUntilMs: 1000 }, 999), true);
  assert.equal(isLocked({ failedAttempts: 5, lockedUntilMs: 1000 }, 1000), false);
});

test('a lock from before the clock was set back is ignored (security.md F13)', () => {
  const user = { failedAttempts: 5, lockedUntilMs: 5_000 };
  // A request may have started before the one that set the lock.
  assert.equal(isLocked(user, 4_000 - 60_000), true);
  assert.equal(isLocked(user, 4_000 - 60_001), false);
});
