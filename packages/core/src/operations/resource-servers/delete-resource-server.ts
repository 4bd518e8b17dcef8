import { requirePool } from '../../pools/require.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/**
 * Deletes a resource server, even if app clients name its scopes: no token gets these from then on. Source: API model,
 * DeleteResourceServer; cloudformation-coverage-roadmap #173.
 */
export const deleteResourceServer = operation('DeleteResourceServer', {
  needs: ['pools', 'resourceServers'],
  async run(ctx, { UserPoolId, Identifier }) {
    const pool = await requirePool(ctx, UserPoolId);
    const deleted = await ctx.stores.resourceServers.delete(pool.id, Identifier);
    if (deleted) return {};
    return ctx.fail('ResourceNotFoundException', messages.resourceServerNotFound(Identifier));
  },
});
