import type { IdentityProviderTypeType } from '@poolhouse/model';
import type { ProviderDetails } from './identity-provider.ts';

/** The endpoints of an OIDC provider that discovery finds, by the member of its document. Source: OpenID Connect Discovery 1.0, 3. */
export const discovered = {
  authorize_url: 'authorization_endpoint',
  token_url: 'token_endpoint',
  attributes_url: 'userinfo_endpoint',
  jwks_uri: 'jwks_uri',
} as const;

/** The latest version of Facebook's API that the API's documentation names; the service's own moves with time (unsure). */
const FACEBOOK = 'v17.0';

/** What the service adds to the details, unless a request gives it. Source: federation-triggers.md 1.1. */
function defaultsOf(type: IdentityProviderTypeType, given: ProviderDetails): ProviderDetails {
  switch (type) {
    case 'Google':
      return {
        attributes_url: 'https://people.googleapis.com/v1/people/me?personFields=',
        attributes_url_add_attributes: 'true',
        authorize_url: 'https://accounts.google.com/o/oauth2/v2/auth',
        oidc_issuer: 'https://accounts.google.com',
        token_request_method: 'POST',
        token_url: 'https://www.googleapis.com/oauth2/v4/token',
      };
    case 'Facebook': {
      const version = given['api_version'] ?? FACEBOOK;
      return {
        attributes_url: `https://graph.facebook.com/${version}/me?fields=`,
        attributes_url_add_attributes: 'true',
        authorize_url: `https://www.facebook.com/${version}/dialog/oauth`,
        token_request_method: 'GET',
        token_url: `https://graph.facebook.com/${version}/oauth/access_token`,
      };
    }
    case 'LoginWithAmazon':
      return {
        attributes_url: 'https://api.amazon.com/user/profile',
        attributes_url_add_attributes: 'false',
        authorize_url: 'https://www.amazon.com/ap/oa',
        token_request_method: 'POST',
        token_url: 'https://api.amazon.com/auth/o2/token',
      };
    case 'SignInWithApple':
      return {
        attributes_url_add_attributes: 'false',
        authorize_url: 'https://appleid.apple.com/auth/authorize',
        oidc_issuer: 'https://appleid.apple.com',
        token_request_method: 'POST',
        token_url: 'https://appleid.apple.com/auth/token',
      };
    case 'OIDC':
      return { attributes_url_add_attributes: 'false' };
    case 'SAML':
      return {};
  }
}

/** The claim that users of such a provider are known by, where a request maps none; SAML has the NameID. Source: federation-triggers.md 1.4. */
const subjects: Readonly<Partial<Record<IdentityProviderTypeType, string>>> = {
  Google: 'sub',
  Facebook: 'id',
  LoginWithAmazon: 'user_id',
  SignInWithApple: 'sub',
  OIDC: 'sub',
};

/** A request's details with those that the service adds. */
export function completeDetails(
  type: IdentityProviderTypeType,
  given: ProviderDetails,
): ProviderDetails {
  return { ...defaultsOf(type, given), ...given };
}

/** A request's mapping with the attribute that the service adds. */
export function completeMapping(
  type: IdentityProviderTypeType,
  given: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const subject = subjects[type];
  return subject === undefined ? given : { username: subject, ...given };
}
