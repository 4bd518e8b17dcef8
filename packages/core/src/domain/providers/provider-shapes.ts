import type { IdentityProviderType, ProviderDescription } from '@poolhouse/model';
import type { IdentityProvider, ProviderDetails } from './identity-provider.ts';

/**
 * A provider as its operations return it, with its secret, except Apple's, and with what belongs to the pool. Details are sorted, so that
 * one answer is like the next. Source: federation-triggers.md 1.1.
 */
export function toIdentityProviderType(
  provider: IdentityProvider,
  further: ProviderDetails,
): IdentityProviderType {
  const { private_key: _key, ...details } = { ...provider.details, ...further };
  return {
    UserPoolId: provider.poolId,
    ProviderName: provider.name,
    ProviderType: provider.type,
    ProviderDetails: Object.fromEntries(
      Object.entries(details).sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
    AttributeMapping: provider.attributeMapping,
    IdpIdentifiers: provider.idpIdentifiers,
    AcrMapping: provider.acrMapping,
    LastModifiedDate: provider.modifiedAtMs,
    CreationDate: provider.createdAtMs,
  };
}

/** A provider as ListIdentityProviders returns it. Source: settings.md 5.1. */
export function toProviderDescription(provider: IdentityProvider): ProviderDescription {
  return {
    ProviderName: provider.name,
    ProviderType: provider.type,
    LastModifiedDate: provider.modifiedAtMs,
    CreationDate: provider.createdAtMs,
  };
}
