import { readPageToken } from '../../paging.ts';
import { requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/** Lists a pool's resource servers: none can be added yet. Source: API model, ListResourceServers. */
export const listResourceServers = operation('ListResourceServers', {
  needs: ['pools'],
  async run(ctx, { UserPoolId, NextToken }) {
    const pool = await requirePool(ctx, UserPoolId);
    // There is no second page, so no token is ever right.
    await readPageToken(ctx, pool.id, ['ListResourceServers', pool.id], NextToken);
    return { ResourceServers: [] };
  },
});
