import { requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/** What a pool has that was never configured. Source: API model, GetUserPoolSessionConfiguration. */
const untouched = { UserSessionTracking: 'DISABLED', TokenSession: { MaxPerUser: 20 } } as const;

/** Shows whether the pool tracks sessions, and how many each user may have. Source: API model, GetUserPoolSessionConfiguration. */
export const getUserPoolSessionConfiguration = operation('GetUserPoolSessionConfiguration', {
  needs: ['pools', 'configurations'],
  async run(ctx, { UserPoolId }) {
    const { id: poolId } = await requirePool(ctx, UserPoolId);
    const found = await ctx.stores.configurations.get({ poolId, kind: 'sessions' });
    return { UserPoolId, ...(found?.value ?? untouched) };
  },
});
