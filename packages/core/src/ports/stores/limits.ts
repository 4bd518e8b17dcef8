import type { PoolId } from '../../domain/ids.ts';
import type { PasswordAttempt } from './users.ts';

/** Counts actions per subject: in fixed windows, for LimitExceededException, and password attempts on decoys. */
export interface LimitStore {
  /**
   * Takes one of the `max` that the budget of the window has that holds `nowMs`; `false` when none is left.
   * Refused takes do not count and do not prolong the window (behaviour.md 1.7).
   */
  take(
    poolId: PoolId,
    subject: string,
    action: string,
    max: number,
    windowMs: number,
    nowMs: number,
  ): Promise<boolean>;
  /**
   * Gives back what was taken at `takenAtMs`, once. A window that has begun since keeps all of its own.
   */
  giveBack(
    poolId: PoolId,
    subject: string,
    action: string,
    windowMs: number,
    takenAtMs: number,
  ): Promise<void>;
  /**
   * Does for a subject that is no user what `UserStore.takePasswordAttempt` does for one, so that a lock tells nothing
   * about who exists.
   */
  takePasswordAttempt(
    poolId: PoolId,
    subject: string,
    nowMs: number,
    lockMs: (failedAttempts: number) => number,
  ): Promise<PasswordAttempt | undefined>;
  /** Does the same for `UserStore.giveBackPasswordAttempt`. */
  giveBackPasswordAttempt(poolId: PoolId, subject: string, attempt: PasswordAttempt): Promise<void>;
  /** Whether such a lock holds. */
  isLocked(
    poolId: PoolId,
    subject: string,
    nowMs: number,
    lockMs: (failedAttempts: number) => number,
  ): Promise<boolean>;
  /** Removes at most `limit` windows that ended before `nowMs`; answers how many. */
  purge(nowMs: number, limit: number): Promise<number>;
}
