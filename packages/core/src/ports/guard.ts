import type { PoolId } from '../domain/ids.ts';

/**
 * Budgets of failed guesses, per network address and per pool: they slow whoever tries many users once each, which no lock
 * of one user meets (security.md S14). Kept in memory, so never waits.
 */
export interface Guard {
  /**
   * Takes a guess from the budgets before it is looked at; `false`: too many have failed lately. `source` is the address
   * it comes from, `undefined` for back ends, which send the guesses of all their users from one.
   */
  take(poolId: PoolId, source: string | undefined): boolean;
  /** Gives back a guess that was right. */
  giveBack(poolId: PoolId, source: string | undefined): void;
}
