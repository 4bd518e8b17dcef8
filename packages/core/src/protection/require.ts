import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import type { TransactionContext } from '../operation.ts';

/** Refuses what only pools with threat protection have. Source: settings.md 5.5; federation-triggers.md 5.4. */
export function requireThreatProtection(
  { fail }: TransactionContext<'UserPoolAddOnNotEnabledException', never>,
  { settings }: Pick<Pool, 'settings'>,
): void {
  if ((settings.UserPoolAddOns?.AdvancedSecurityMode ?? 'OFF') !== 'OFF') return;
  fail('UserPoolAddOnNotEnabledException', messages.threatProtectionOff);
}
