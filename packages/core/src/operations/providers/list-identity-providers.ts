import { readPageToken, writePageToken } from '../../paging.ts';
import { requirePool } from '../../pools/require.ts';
import { toProviderDescription } from '../../domain/providers/provider-shapes.ts';
import { operation } from '../../operation.ts';

/** Lists a pool's identity providers by name; a limit of 0 means 60. Source: API model, ListIdentityProviders; behaviour.md 10. */
export const listIdentityProviders = operation('ListIdentityProviders', {
  needs: ['pools', 'identityProviders'],
  async run(ctx, { UserPoolId, NextToken, MaxResults }) {
    const pool = await requirePool(ctx, UserPoolId);
    const context = ['ListIdentityProviders', pool.id] as const;
    const after = await readPageToken<string>(ctx, pool.id, context, NextToken);
    const page = await ctx.stores.identityProviders.list(pool.id, MaxResults || 60, after);
    return {
      Providers: page.items.map(toProviderDescription),
      NextToken: await writePageToken(ctx, pool.id, context, page.after),
    };
  },
});
