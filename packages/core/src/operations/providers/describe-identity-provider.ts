import { shownProvider } from '../../providers/shown-provider.ts';
import { requirePool } from '../../pools/require.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Shows an identity provider, its secret included. Source: API model, DescribeIdentityProvider; federation-triggers.md 1.1. */
export const describeIdentityProvider = operation('DescribeIdentityProvider', {
  needs: ['pools', 'identityProviders', 'samlKeys'],
  async run(ctx, { UserPoolId, ProviderName }) {
    const pool = await requirePool(ctx, UserPoolId);
    const provider = await ctx.stores.identityProviders.get(pool.id, ProviderName);
    return provider
      ? { IdentityProvider: await shownProvider(ctx, provider) }
      : ctx.fail('ResourceNotFoundException', messages.providerNotFound(ProviderName, pool.id));
  },
});
