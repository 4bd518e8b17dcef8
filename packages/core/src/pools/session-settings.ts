import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import type { TransactionContext } from '../operation.ts';

/** Refuses a number outside of its range, which the API's model does not state. */
export function requireInRange(
  { fail }: TransactionContext<'InvalidParameterException', never>,
  { member, value }: { readonly member: string; readonly value: number },
  least: number,
  most: number,
): void {
  if (value < least) {
    fail('InvalidParameterException', messages.numberTooSmall(member, value, least));
  }
  if (value > most) fail('InvalidParameterException', messages.numberTooLarge(member, value, most));
}

/** Refuses settings of sessions to a pool below Essentials. Source: API model, SetUserPoolSessionConfiguration. */
export function requireSessionTier(
  { fail }: TransactionContext<'FeatureUnavailableInTierException', never>,
  { settings: { UserPoolTier = 'ESSENTIALS' } }: Pool,
): void {
  if (UserPoolTier !== 'LITE') return;
  fail('FeatureUnavailableInTierException', messages.sessionsAboveTier(UserPoolTier));
}

/**
 * Refuses what needs a pool that tracks sessions. That the error is this one is [unsure]: all of these operations declare it, and the SDK
 * says of it that an operation is not available for the pool's present configuration.
 */
export function requireTracking(
  { fail }: TransactionContext<'OperationNotEnabledException', never>,
  { sessionsPerUser }: Pool,
): void {
  if (sessionsPerUser === undefined) {
    fail('OperationNotEnabledException', messages.sessionsNotTracked);
  }
}
