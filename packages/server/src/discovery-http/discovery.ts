import {
  issuerOf,
  messages,
  poolId,
  type Log,
  type PoolId,
  type SigningKeys,
  type Stores,
} from '@poolhouse/core';
import { makePublicDocument, type PublicDocuments } from './public-document.ts';

/** What discovery needs. */
export interface DiscoveryParts {
  readonly stores: Pick<Stores, 'pools'>;
  readonly signingKeys: SigningKeys;
  readonly log: Log;
  /** Origin of this server without a trailing slash. */
  readonly publicUrl: () => string;
}

const PATH =
  /^\/([\w-]{1,45}_[0-9a-zA-Z]{1,55})\/\.well-known\/(jwks\.json|openid-configuration)(?:\?|$)/;

/**
 * Makes the endpoints for every pool's key set and OpenID configuration, which every application that checks tokens reads. Source:
 * behaviour.md 1.6 and 11.1.
 */
export function makeDiscovery(parts: DiscoveryParts): PublicDocuments {
  const { stores, signingKeys, log } = parts;

  async function document(pool: PoolId, file: string): Promise<object | undefined> {
    if (file === 'jwks.json') {
      const keys = await signingKeys.of(pool);
      return keys && { keys: keys.jwks };
    }
    const found = await stores.pools.get(pool);
    return found && configurationOf(issuerOf(found, parts.publicUrl()), pool, parts.publicUrl());
  }

  return makePublicDocument(PATH, log, async ([id = '', file = '']) => {
    const value = await document(poolId(id), file);
    return value === undefined
      ? { status: 400, value: { message: messages.poolNotFound(id) } }
      : { status: 200, value };
  });
}

/** A pool without a domain has no authorization, token, userinfo, revocation and sign-out endpoints to list. */
function configurationOf(issuer: string, pool: PoolId, publicUrl: string): object {
  return {
    id_token_signing_alg_values_supported: ['RS256'],
    issuer,
    jwks_uri: `${publicUrl}/${pool}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}
