import { adminDisableProviderForUser } from './admin-disable-provider-for-user.ts';
import { adminLinkProviderForUser } from './admin-link-provider-for-user.ts';
import { createIdentityProvider } from './create-identity-provider.ts';
import { deleteIdentityProvider } from './delete-identity-provider.ts';
import { describeIdentityProvider } from './describe-identity-provider.ts';
import { getIdentityProviderByIdentifier } from './get-identity-provider-by-identifier.ts';
import { getSigningCertificate } from './get-signing-certificate.ts';
import { listIdentityProviders } from './list-identity-providers.ts';
import { updateIdentityProvider } from './update-identity-provider.ts';

/** The built operations of this area, by name. */
export const providersOperations = {
  AdminDisableProviderForUser: adminDisableProviderForUser,
  AdminLinkProviderForUser: adminLinkProviderForUser,
  CreateIdentityProvider: createIdentityProvider,
  DeleteIdentityProvider: deleteIdentityProvider,
  DescribeIdentityProvider: describeIdentityProvider,
  GetIdentityProviderByIdentifier: getIdentityProviderByIdentifier,
  GetSigningCertificate: getSigningCertificate,
  ListIdentityProviders: listIdentityProviders,
  UpdateIdentityProvider: updateIdentityProvider,
};
