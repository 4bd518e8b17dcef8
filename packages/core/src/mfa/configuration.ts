import type { ConfigurationValues } from '../domain/pools/pool-configuration.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { TransactionContext } from '../operation.ts';

/** What SetUserPoolMfaConfig has set for the pool; not read where MFA is off, because it means nothing there. */
export async function mfaConfiguration(
  ctx: Pick<TransactionContext<never, 'configurations'>, 'stores'>,
  { id: poolId, settings }: Pick<Pool, 'id' | 'settings'>,
): Promise<ConfigurationValues['mfa'] | undefined> {
  if ((settings.MfaConfiguration ?? 'OFF') === 'OFF') return undefined;
  return (await ctx.stores.configurations.get({ poolId, kind: 'mfa' }))?.value;
}
