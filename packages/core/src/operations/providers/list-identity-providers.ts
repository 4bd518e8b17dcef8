import { readPageToken } from '../../paging.ts';
import { requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/** Lists a pool's identity providers: none can be added yet. Source: API model, ListIdentityProviders. */
export const listIdentityProviders = operation('ListIdentityProviders', {
  needs: ['pools'],
  async run(ctx, { UserPoolId, NextToken }) {
    const pool = await requirePool(ctx, UserPoolId);
    // There is no second page, so no token is ever right.
    await readPageToken(ctx, pool.id, ['ListIdentityProviders', pool.id], NextToken);
    return { Providers: [] };
  },
});
