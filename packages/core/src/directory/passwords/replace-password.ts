import type { Pool } from '../../domain/pools/pool.ts';
import type { User } from '../../domain/users/user.ts';
import { historyAfterChange, type SealedPassword } from './password.ts';

/**
 * The user with another password: the former one joins the history, failures are forgotten. `temporaryUntilMs` is the
 * end of a temporary password's validity.
 */
export function replacePassword(
  pool: Pool,
  current: User,
  sealed: SealedPassword,
  temporaryUntilMs?: number,
): User {
  return {
    ...current,
    ...sealed,
    sealedHistory: historyAfterChange(pool, current),
    temporaryPasswordExpiresAtMs: temporaryUntilMs,
    failedAttempts: 0,
    lastFailedAtMs: undefined,
    lockedUntilMs: undefined,
  };
}
