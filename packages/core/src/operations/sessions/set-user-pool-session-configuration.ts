import { requirePool } from '../../pools/require.ts';
import { requireInRange, requireSessionTier } from '../../pools/session-settings.ts';
import { operation } from '../../operation.ts';

/**
 * Replaces whether the pool tracks sessions, and how many each user may have. Fewer than before end no session by themselves: the user's
 * next sign-in does. Source: API model, SetUserPoolSessionConfiguration.
 */
export const setUserPoolSessionConfiguration = operation('SetUserPoolSessionConfiguration', {
  needs: ['pools', 'configurations'],
  async run(ctx, { UserPoolId, UserSessionTracking, TokenSession: { MaxPerUser } }) {
    requireInRange(ctx, { member: 'tokenSession.maxPerUser', value: MaxPerUser }, 1, 100);
    const pool = await requirePool(ctx, UserPoolId);
    requireSessionTier(ctx, pool);
    const value = { UserSessionTracking, TokenSession: { MaxPerUser } };
    const place = { poolId: pool.id, kind: 'sessions' } as const;
    await ctx.stores.configurations.change(place, () => value, ctx.nowMs);
    return { UserPoolId, ...value };
  },
});
