import { requirePool } from '../../pools/require.ts';
import { toResourceServerType } from '../../domain/resource-servers/resource-server-shapes.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Shows a resource server. Source: API model, DescribeResourceServer. */
export const describeResourceServer = operation('DescribeResourceServer', {
  needs: ['pools', 'resourceServers'],
  async run(ctx, { UserPoolId, Identifier }) {
    const pool = await requirePool(ctx, UserPoolId);
    const server = await ctx.stores.resourceServers.get(pool.id, Identifier);
    return server
      ? { ResourceServer: toResourceServerType(server) }
      : ctx.fail('ResourceNotFoundException', messages.resourceServerNotFound(Identifier));
  },
});
