import { listIdentityProviders } from './list-identity-providers.ts';

/** The built operations of this area, by name. */
export const providersOperations = {
  ListIdentityProviders: listIdentityProviders,
};
