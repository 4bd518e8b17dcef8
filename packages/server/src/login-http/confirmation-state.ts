import { json, Router, type Request, type Response } from 'express';
import { isConfirmed, serverContext, type Storage, type World } from '@poolhouse/core';
import { makeSourceBudget } from '../levels.ts';
import type { SourceOf } from '../source-address.ts';

/** Requests of one source in five minutes. A tab that waits asks some thirty times in that time. */
const PER_SOURCE = 6_000;

/**
 * `POST /<pool id>/clients/<client id>/confirmation`: tells the page that waits for a link in a mail to be opened whether it was. The
 * session of SignUp is the one proof, and whatever is none gets the answer of somebody not confirmed yet. Any origin may ask, as with
 * the API. Source: ADR 19.
 */
export function confirmationStateRoutes(parts: {
  readonly storage: Storage;
  readonly world: World;
  readonly sourceOf: SourceOf;
}): Router {
  const { storage, world, sourceOf } = parts;
  const takes = makeSourceBudget(PER_SOURCE);
  const router = Router();
  const path = '/:pool/clients/:client/confirmation';

  router.use(path, (request, response, next) => {
    response.set('Access-Control-Allow-Origin', '*');
    if (request.method === 'POST') next();
    else if (request.method === 'OPTIONS') sendPreflight(response);
    else response.status(405).set('Allow', 'POST, OPTIONS').json({ message: 'Method Not Allowed' });
  });
  router.post(path, json({ limit: '8kb' }), (request, response, next) => {
    answer(request, response).catch(next);
  });

  async function answer(request: Request, response: Response): Promise<void> {
    if (!takes(sourceOf(request), world.clock.nowMs())) {
      response.status(429).set('Retry-After', '10').json({ message: 'Too many requests' });
      return;
    }
    const { session } = (request.body ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof session !== 'string') {
      response.status(400).json({ message: 'A session is missing' });
      return;
    }
    const { pool, client } = request.params;
    const confirmed = await isConfirmed(serverContext(storage, world), {
      poolId: String(pool),
      clientId: String(client),
      session,
    });
    response.json({ confirmed });
  }

  return router;
}

function sendPreflight(response: Response): void {
  response.status(204).set({
    'Access-Control-Allow-Methods': 'POST',
    'Access-Control-Allow-Headers': 'content-type',
    'Access-Control-Max-Age': '172800',
  });
  response.end();
}
