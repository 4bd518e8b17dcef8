import { shownProvider } from '../../providers/shown-provider.ts';
import { requirePool } from '../../pools/require.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Shows the identity provider that has an identifier. Source: API model, GetIdentityProviderByIdentifier. */
export const getIdentityProviderByIdentifier = operation('GetIdentityProviderByIdentifier', {
  needs: ['pools', 'identityProviders', 'samlKeys'],
  async run(ctx, { UserPoolId, IdpIdentifier }) {
    const pool = await requirePool(ctx, UserPoolId);
    const provider = await ctx.stores.identityProviders.byIdentifier(pool.id, IdpIdentifier);
    return provider
      ? { IdentityProvider: await shownProvider(ctx, provider) }
      : ctx.fail('ResourceNotFoundException', messages.identifierNotFound(IdpIdentifier, pool.id));
  },
});
