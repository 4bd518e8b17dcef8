import type { PoolId } from '../domain/ids.ts';

/**
 * Budgets of failed attempts, per network address and per pool: they slow whoever tries many users once each, which no lock
 * of one user meets (security.md S14). One of sign-ups per address beside them. Kept in memory, so never waits.
 */
export interface AttemptBudgets {
  /**
   * Takes an attempt from the budgets before it is looked at; `false`: too many have failed lately. `source` is the address
   * it comes from, `undefined` for back ends, which send the attempts of all their users from one.
   */
  take(poolId: PoolId, source: string | undefined): boolean;
  /** Gives back an attempt that was right. */
  giveBack(poolId: PoolId, source: string | undefined): void;
  /** Takes a sign-up, whatever becomes of it, before its password is hashed; `false`: too many have come from there lately. */
  takeSignUp(poolId: PoolId, source: string | undefined): boolean;
}
