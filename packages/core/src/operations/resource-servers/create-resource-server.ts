import { requirePool } from '../../pools/require.ts';
import { requireScopes } from '../../pools/scopes.ts';
import { toResourceServerType } from '../../domain/resource-servers/resource-server-shapes.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** The most that an account may have on request; 25 without one. Source: behaviour.md 12, features.md 1.2. */
const MOST_SERVERS = 300;

/** Makes a resource server with its scopes. Source: API model, CreateResourceServer; behaviour.md 10. */
export const createResourceServer = operation('CreateResourceServer', {
  needs: ['pools', 'resourceServers'],
  async run(ctx, input) {
    const { id: poolId } = await requirePool(ctx, input.UserPoolId);
    const server = {
      poolId,
      identifier: input.Identifier,
      name: input.Name,
      scopes: requireScopes(ctx, input.Scopes),
      createdAtMs: ctx.nowMs,
      modifiedAtMs: ctx.nowMs,
    };
    switch (await ctx.stores.resourceServers.add(server, MOST_SERVERS)) {
      case 'added':
        return { ResourceServer: toResourceServerType(server) };
      case 'taken': {
        const text = messages.resourceServerExists(server.identifier, poolId);
        return ctx.fail('InvalidParameterException', text);
      }
      case 'full':
        return ctx.fail('LimitExceededException', messages.tooManyResourceServers(MOST_SERVERS));
    }
  },
});
