import type { PoolId } from '../../domain/ids.ts';

/** Counts actions per subject in fixed windows, for LimitExceededException. */
export interface LimitStore {
  /**
   * Takes one of `max` permits of the window that holds `nowMs`; `false` when none is left.
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
  /** Removes at most `limit` windows that ended before `nowMs`; answers how many. */
  purge(nowMs: number, limit: number): Promise<number>;
}
