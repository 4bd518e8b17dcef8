import { requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';
import { shownMfaConfig } from './shown-mfa-config.ts';

/** Shows which second factors the pool asks for. Source: API model, GetUserPoolMfaConfig. */
export const getUserPoolMfaConfig = operation('GetUserPoolMfaConfig', {
  needs: ['pools', 'configurations'],
  async run(ctx, { UserPoolId }) {
    const pool = await requirePool(ctx, UserPoolId);
    const factors = await ctx.stores.configurations.get({ poolId: pool.id, kind: 'mfa' });
    return shownMfaConfig(pool, factors?.value);
  },
});
