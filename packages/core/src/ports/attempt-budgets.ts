import type { PoolId } from '../domain/ids.ts';

/**
 * Budgets of failed attempts, per network address and per pool: they slow down whoever tries many users once each, which no single user's
 * lock notices (security.md S14). Also a budget of sign-ups per address. Kept in memory, so nothing ever waits.
 */
export interface AttemptBudgets {
  /**
   * Takes an attempt from the budgets before it is checked; `false` if too many have failed recently. `source` is its network address, or
   * `undefined` for back ends, which send the attempts of all their users from one address.
   */
  take(poolId: PoolId, source: string | undefined): boolean;
  /** Gives back an attempt that was right. */
  giveBack(poolId: PoolId, source: string | undefined): void;
  /** Takes a sign-up, whatever its outcome, before its password is hashed; `false` if too many have come from that address recently. */
  takeSignUp(poolId: PoolId, source: string | undefined): boolean;
}
