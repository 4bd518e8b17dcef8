import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  issuerOf,
  messages,
  poolId,
  type Log,
  type PoolId,
  type SigningKeys,
  type Stores,
} from '@poolhouse/core';

/** What discovery answers from. */
export interface DiscoveryParts {
  readonly stores: Pick<Stores, 'pools'>;
  readonly signingKeys: SigningKeys;
  readonly log: Log;
  /** Origin of this server without a trailing slash. */
  readonly publicUrl: () => string;
}

/**
 * Answers a pool's key set and OpenID configuration; `false` when the path is neither. Every application that checks tokens
 * reads them, so they are answered on the bare HTTP server. Source: behaviour.md 1.6 and 11.1.
 */
export type Discovery = (request: IncomingMessage, response: ServerResponse) => boolean;

const PATH =
  /^\/([\w-]{1,45}_[0-9a-zA-Z]{1,55})\/\.well-known\/(jwks\.json|openid-configuration)(?:\?|$)/;

/** How long others may keep an answer; a new signing key is published longer than that before its first use. */
const CACHE_CONTROL = 'public, max-age=300';

/** Makes the discovery endpoints of all pools. */
export function makeDiscovery(parts: DiscoveryParts): Discovery {
  const { stores, signingKeys, log } = parts;

  async function document(pool: PoolId, file: string): Promise<object | undefined> {
    if (file === 'jwks.json') {
      const keys = await signingKeys.of(pool);
      return keys && { keys: keys.jwks };
    }
    const found = await stores.pools.get(pool);
    return found && configurationOf(issuerOf(found, parts.publicUrl()), pool, parts.publicUrl());
  }

  async function answer(response: ServerResponse, id: string, file: string): Promise<void> {
    try {
      const found = await document(poolId(id), file);
      if (found === undefined) send(response, 400, { message: messages.poolNotFound(id) });
      else send(response, 200, found);
    } catch (error) {
      log.error('discovery.failed', { pool: id, err: error });
      if (response.headersSent) response.destroy();
      else send(response, 500, { message: 'Internal server error' });
    }
  }

  return (request, response) => {
    const [, id, file] = PATH.exec(request.url ?? '') ?? [];
    if (id === undefined || file === undefined) return false;
    if (request.method === 'GET' || request.method === 'HEAD') {
      void answer(response, id, file);
    } else if (request.method === 'OPTIONS') {
      response.writeHead(200, {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': 'GET, HEAD',
        'Access-Control-Max-Age': '172800',
        'Content-Length': 0,
      });
      response.end();
    } else {
      response.writeHead(405, { Allow: 'GET, HEAD, OPTIONS', 'Content-Length': 0 });
      response.end();
    }
    return true;
  };
}

/** Without a domain a pool has no authorization, token, userinfo, revocation and sign-out endpoint to name. */
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

function send(response: ServerResponse, status: number, value: object): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': status === 200 ? CACHE_CONTROL : 'no-store',
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
}
