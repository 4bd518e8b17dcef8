import { requirePool } from '../../pools/require.ts';
import { requireScopes } from '../../pools/scopes.ts';
import { toResourceServerType } from '../../domain/resource-servers/resource-server-shapes.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/**
 * Replaces a resource server's name and scopes; without scopes it has none. App clients may still name one that is gone: no token gets it,
 * and their next update is refused. Source: API model, UpdateResourceServer.
 */
export const updateResourceServer = operation('UpdateResourceServer', {
  needs: ['pools', 'resourceServers'],
  async run(ctx, { UserPoolId, Identifier, Name, Scopes }) {
    const pool = await requirePool(ctx, UserPoolId);
    const scopes = requireScopes(ctx, Scopes);
    const changed = await ctx.stores.resourceServers.change(pool.id, Identifier, (server) => ({
      ...server,
      name: Name,
      scopes,
      modifiedAtMs: ctx.nowMs,
    }));
    return changed
      ? { ResourceServer: toResourceServerType(changed) }
      : ctx.fail('ResourceNotFoundException', messages.resourceServerNotFound(Identifier));
  },
});
