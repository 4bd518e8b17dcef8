import { readPageToken, writePageToken } from '../../paging.ts';
import { requirePool } from '../../pools/require.ts';
import { toResourceServerType } from '../../domain/resource-servers/resource-server-shapes.ts';
import { operation } from '../../operation.ts';

/** Source: API model, ListResourceServersLimitType. */
const MOST = 50;

/** Lists a pool's resource servers by identifier. Source: API model, ListResourceServers; behaviour.md 10. */
export const listResourceServers = operation('ListResourceServers', {
  needs: ['pools', 'resourceServers'],
  async run(ctx, { UserPoolId, NextToken, MaxResults = MOST }) {
    const pool = await requirePool(ctx, UserPoolId);
    const context = ['ListResourceServers', pool.id] as const;
    const after = await readPageToken<string>(ctx, pool.id, context, NextToken);
    const page = await ctx.stores.resourceServers.list(pool.id, MaxResults, after);
    return {
      ResourceServers: page.items.map(toResourceServerType),
      NextToken: await writePageToken(ctx, pool.id, context, page.after),
    };
  },
});
