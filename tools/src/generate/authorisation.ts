import type { Authorisation } from '@poolhouse/model';

/**
 * How an operation knows its caller. Source: behaviour.md 1.2: a signature; an access token in the input; an access token or
 * the session of a sign-in; the id of the app client; or a session alone.
 */
export function authorisationOf(
  operation: string,
  unsigned: boolean,
  inputMembers: readonly string[],
): Authorisation {
  if (!unsigned) return 'iam';
  if (inputMembers.includes('AccessToken')) {
    return tokenOrSession.has(operation) ? 'session' : 'accessToken';
  }
  return inputMembers.includes('ClientId') ? 'client' : 'session';
}

// Both are used inside a sign-in that asks for MFA to be set up, before there is an access token.
const tokenOrSession = new Set(['AssociateSoftwareToken', 'VerifySoftwareToken']);
