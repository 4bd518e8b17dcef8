import { requireOtherIdentifier } from '../../providers/identifiers.ts';
import { publishedDetails } from '../../providers/published.ts';
import { sealDetails } from '../../providers/provider-secrets.ts';
import { shownProvider } from '../../providers/shown-provider.ts';
import { requirePool } from '../../pools/require.ts';
import { providerProblem } from '../../domain/providers/provider-checks.ts';
import { completeDetails, completeMapping } from '../../domain/providers/provider-details.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Source: behaviour.md 12. */
const MOST_PROVIDERS = 300;

/**
 * Adds an identity provider: its record, which app clients may name. Nobody signs in through it yet. Source: API model,
 * CreateIdentityProvider; federation-triggers.md 1.
 */
export const createIdentityProvider = operation('CreateIdentityProvider', {
  needs: ['pools', 'identityProviders', 'samlKeys'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const name = input.ProviderName;
    const request = {
      ...{ pool, name, type: input.ProviderType, acrMapping: input.AcrMapping },
      details: completeDetails(input.ProviderType, input.ProviderDetails),
      attributeMapping: completeMapping(input.ProviderType, input.AttributeMapping),
    };
    const problem = providerProblem(request);
    if (problem !== undefined) ctx.fail(problem.code, problem.message);
    // Told before the provider is asked, which may take seconds.
    const exists = () =>
      ctx.fail('DuplicateProviderException', messages.providerExists(name, pool.id));
    const { identityProviders } = ctx.stores;
    if (await identityProviders.get(pool.id, name)) return exists();
    const all = { ...request.details, ...(await publishedDetails(ctx, request)) };
    const provider = {
      ...{ poolId: pool.id, name, type: request.type },
      ...(await sealDetails(ctx, { poolId: pool.id, name }, all)),
      attributeMapping: request.attributeMapping,
      idpIdentifiers: [...new Set(input.IdpIdentifiers)],
      ...(input.AcrMapping && { acrMapping: input.AcrMapping }),
      createdAtMs: ctx.nowMs,
      modifiedAtMs: ctx.nowMs,
    };
    const outcome = await identityProviders.add(provider, MOST_PROVIDERS);
    if (outcome === 'taken') return exists();
    if (outcome === 'full') {
      return ctx.fail('LimitExceededException', messages.tooManyProviders(MOST_PROVIDERS));
    }
    if (outcome !== 'added') return requireOtherIdentifier(ctx, outcome);
    return { IdentityProvider: await shownProvider(ctx, provider) };
  },
});
