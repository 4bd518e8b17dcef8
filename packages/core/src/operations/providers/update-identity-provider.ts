import { requireOtherIdentifier } from '../../providers/identifiers.ts';
import { publishedDetails } from '../../providers/published.ts';
import { openSecrets, sealDetails } from '../../providers/provider-secrets.ts';
import { shownProvider } from '../../providers/shown-provider.ts';
import { requirePool } from '../../pools/require.ts';
import { providerProblem } from '../../domain/providers/provider-checks.ts';
import { completeDetails, completeMapping } from '../../domain/providers/provider-details.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/**
 * Replaces what the request names of a provider: its details, its mapping or its identifiers, each as a whole; the rest stays (unsure).
 * Source: API model, UpdateIdentityProvider; federation-triggers.md 1.
 */
export const updateIdentityProvider = operation('UpdateIdentityProvider', {
  needs: ['pools', 'identityProviders', 'samlKeys'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const { ProviderName: name, ProviderDetails: details, AttributeMapping: mapping } = input;
    const { identityProviders } = ctx.stores;
    const missing = () =>
      ctx.fail('ResourceNotFoundException', messages.providerNotFound(name, pool.id));
    const found = await identityProviders.get(pool.id, name);
    if (found === undefined) return missing();
    const { type } = found;
    const request = {
      ...{ pool, name, type, acrMapping: input.AcrMapping },
      details: details
        ? completeDetails(type, details)
        : { ...found.details, ...(await openSecrets(ctx, found)) },
      attributeMapping: mapping ? completeMapping(type, mapping) : found.attributeMapping,
    };
    const problem = providerProblem(request);
    if (problem !== undefined) ctx.fail(problem.code, problem.message);
    const all = details && { ...request.details, ...(await publishedDetails(ctx, request)) };
    const stored = all && (await sealDetails(ctx, found, all));
    const changed = await identityProviders.change(pool.id, name, (current) => {
      const { sealedSecrets, details: before, ...rest } = current;
      return {
        ...rest,
        ...(stored ?? { details: before, ...(sealedSecrets !== undefined && { sealedSecrets }) }),
        ...(mapping && { attributeMapping: request.attributeMapping }),
        ...(input.IdpIdentifiers && { idpIdentifiers: [...new Set(input.IdpIdentifiers)] }),
        ...(input.AcrMapping && { acrMapping: input.AcrMapping }),
        modifiedAtMs: ctx.nowMs,
      };
    });
    if (changed === undefined) return missing();
    if ('identifierTaken' in changed) return requireOtherIdentifier(ctx, changed);
    return { IdentityProvider: await shownProvider(ctx, changed) };
  },
});
