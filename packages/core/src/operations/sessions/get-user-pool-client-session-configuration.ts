import { requireClientOf, requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/** What an app client has that was never configured. Source: API model, GetUserPoolClientSessionConfiguration. */
const untouched = { SSOSession: { MaxValidityMinutes: 60 } } as const;

/**
 * Shows for how long an app client lets people in by an earlier sign-in at the login pages, also while the pool tracks no sessions.
 * Source: API model, GetUserPoolClientSessionConfiguration.
 */
export const getUserPoolClientSessionConfiguration = operation(
  'GetUserPoolClientSessionConfiguration',
  {
    needs: ['pools', 'clients', 'configurations'],
    async run(ctx, { UserPoolId, ClientId }) {
      const { id: poolId } = await requirePool(ctx, UserPoolId);
      const { id: clientId } = await requireClientOf(ctx, poolId, ClientId);
      const place = { poolId, kind: 'client-sessions', clientId } as const;
      const found = await ctx.stores.configurations.get(place);
      return { UserPoolId, ClientId, ...(found?.value ?? untouched) };
    },
  },
);
