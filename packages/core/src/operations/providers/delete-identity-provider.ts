import { requirePool } from '../../pools/require.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/**
 * Deletes an identity provider, even if app clients name it: their next update is refused. Source: API model, DeleteIdentityProvider;
 * federation-triggers.md 1.2.
 */
export const deleteIdentityProvider = operation('DeleteIdentityProvider', {
  needs: ['pools', 'identityProviders'],
  async run(ctx, { UserPoolId, ProviderName }) {
    const pool = await requirePool(ctx, UserPoolId);
    const deleted = await ctx.stores.identityProviders.delete(pool.id, ProviderName);
    if (deleted) return {};
    return ctx.fail('ResourceNotFoundException', messages.providerNotFound(ProviderName, pool.id));
  },
});
