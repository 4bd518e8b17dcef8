import type { PoolId } from '../../domain/ids.ts';
import type { PasswordAttempt } from './users.ts';

/** Counts actions per subject: in fixed windows, for LimitExceededException, and password attempts on decoys. */
export interface LimitStore {
  /**
   * Takes one from the budget of `max` in the window that contains `nowMs`; `false` if none is left. Refused takes do not count and do not
   * prolong the window (behaviour.md 1.7).
   */
  take(
    poolId: PoolId,
    subject: string,
    action: string,
    max: number,
    windowMs: number,
    nowMs: number,
  ): Promise<boolean>;
  /** Gives back what was taken at `takenAtMs`, once. A window that has started since is not affected. */
  giveBack(
    poolId: PoolId,
    subject: string,
    action: string,
    windowMs: number,
    takenAtMs: number,
  ): Promise<void>;
  /** Does for a decoy what `UserStore.takePasswordAttempt` does for a user, so that a lock does not reveal who exists. */
  takePasswordAttempt(
    poolId: PoolId,
    subject: string,
    nowMs: number,
    lockMs: (failedAttempts: number) => number,
  ): Promise<PasswordAttempt | undefined>;
  /** The same for `UserStore.giveBackPasswordAttempt`. */
  giveBackPasswordAttempt(poolId: PoolId, subject: string, attempt: PasswordAttempt): Promise<void>;
  /** Whether such a lock holds. */
  isLocked(
    poolId: PoolId,
    subject: string,
    nowMs: number,
    lockMs: (failedAttempts: number) => number,
  ): Promise<boolean>;
  /** Removes at most `limit` windows that ended before `nowMs`; returns how many. */
  purge(nowMs: number, limit: number): Promise<number>;
}
