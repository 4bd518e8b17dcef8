import {
  administratorsContext,
  listPasskeysOf,
  poolId,
  removePasskeyOf,
  serverContext,
  type Passkey,
  type Pool,
  type Storage,
  type World,
} from '@poolhouse/core';
import { object, text } from '../shapes/shape.ts';
import { refuse, type Guard } from './guard.ts';
import { sendFailure } from './run-operation.ts';
import { route, type Request, type Response, type Route } from '../site/route.ts';
import { sendJson } from '../site/send.ts';

/** Source: API model, UsernameType. */
const username = text({ least: 1, most: 128 });
const listed = object({ username });
const removed = object({ username, credentialId: text({ least: 1, most: 1_400 }) });

/**
 * A user's passkeys, for which the API has operations for the user alone, but none for administrators: a lost device could not be taken away
 * otherwise. They are POSTs, so that no log of addresses shows whom an administrator looked at.
 */
export function userPasskeyRoutes(
  guard: Guard,
  parts: {
    readonly storage: Storage;
    readonly world: World;
    readonly region: string | undefined;
  },
): readonly Route[] {
  const { storage, world, region } = parts;

  /** Answers for a pool of this server; an operation's refusal is told as such. */
  async function answer(
    request: Request<'pool'>,
    response: Response,
    work: (pool: Pool) => Promise<unknown>,
  ): Promise<void> {
    const pool = await storage.stores.pools.get(poolId(request.params.pool));
    if (pool === undefined || (region !== undefined && pool.region !== region)) {
      return refuse(response, 'NotFound');
    }
    try {
      sendJson(response, await work(pool));
    } catch (error) {
      if (!sendFailure(error, response)) throw error;
    }
  }

  return [
    route(
      'POST',
      '/pools/:pool/passkeys/list',
      guard.writes('viewer', (request, response) =>
        answer(request, response, async (pool) => {
          const asked = listed(request.body);
          const ctx = serverContext(storage, world);
          const passkeys = await listPasskeysOf(ctx, pool, asked.username);
          return { passkeys: passkeys.map(shown) };
        }),
      ),
    ),
    route(
      'POST',
      '/pools/:pool/passkeys/remove',
      guard.writes('operator', (request, response, session, source) =>
        answer(request, response, async (pool) => {
          const asked = removed(request.body);
          const ctx = administratorsContext(storage, world, {
            administrator: session.username,
            operation: 'DeleteWebAuthnCredential',
            pool,
            source,
          });
          await removePasskeyOf(ctx, pool, asked);
          return {};
        }),
      ),
    ),
  ];
}

/** What people know a passkey by; times in seconds, as in the API. */
function shown({ credentialId, friendlyName, relyingPartyId, createdAtMs, lastUsedAtMs }: Passkey) {
  return {
    id: credentialId,
    name: friendlyName,
    domain: relyingPartyId,
    createdAt: createdAtMs / 1000,
    ...(lastUsedAtMs !== undefined && { lastUsedAt: lastUsedAtMs / 1000 }),
  };
}
