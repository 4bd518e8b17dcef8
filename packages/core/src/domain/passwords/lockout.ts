import type { User } from '../users/user.ts';

const FREE_FAILURES = 5;
const LONGEST_MS = 15 * 60_000;
/** Requests in progress at the same time started at most this far apart, and nodes' clocks may differ by as much. */
const OVERLAP_MS = 60_000;

/**
 * How long a user is locked after the n-th failed password check, in milliseconds; 0 means not at all. From the fifth on it is 2^(n-5)
 * seconds, at most 15 minutes. Source: behaviour.md 6.2.
 */
export function lockMsAfter(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(LONGEST_MS, 1000 * 2 ** (failures - FREE_FAILURES));
}

/**
 * Whether password checks are refused without a look at the password; such attempts do not count. A lock that would hold for much longer
 * than it was set for dates from before the clock was set back, and is ignored (security.md F13). Source: behaviour.md 6.2.
 */
export function isLocked(
  user: Pick<User, 'lockedUntilMs' | 'failedAttempts'>,
  nowMs: number,
): boolean {
  const remainingMs = (user.lockedUntilMs ?? 0) - nowMs;
  return remainingMs > 0 && remainingMs <= lockMsAfter(user.failedAttempts) + OVERLAP_MS;
}
