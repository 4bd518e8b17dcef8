import { isConfirmed, serverContext, type Storage, type World } from '@poolhouse/core';
import { makeSourceBudget } from '../http/levels.ts';
import { charsetOf, hasBodyOf, readBody } from '../site/body.ts';
import {
  BadRequest,
  below,
  PASS,
  route,
  type Request,
  type Response,
  type Route,
} from '../site/route.ts';
import { sendJson, setHeaders } from '../site/send.ts';
import type { SourceOf } from '../http/source-address.ts';

/** Requests from one source in five minutes. A waiting tab sends some thirty in that time. */
const PER_SOURCE = 6_000;
const LONGEST_BYTES = 8_192;

/**
 * `POST /<pool id>/clients/<client id>/confirmation`: tells a page that waits for the link in a mail whether it has been opened. The only
 * proof is the session of SignUp; anything else gets the answer for an unconfirmed user. Any origin may ask, as with the API. Source: ADR
 * 19.
 */
export function confirmationStateRoutes(parts: {
  readonly storage: Storage;
  readonly world: World;
  readonly sourceOf: SourceOf;
}): readonly Route[] {
  const { storage, world, sourceOf } = parts;
  const takes = makeSourceBudget(PER_SOURCE);
  const path = '/:pool/clients/:client/confirmation';

  async function answer(request: Request<'pool' | 'client'>, response: Response): Promise<void> {
    const given = await readGiven(request);
    if (!takes(sourceOf(request), world.clock.nowMs())) {
      response.setHeader('Retry-After', '10');
      sendJson(response, { message: 'Too many requests' }, 429);
      return;
    }
    const { session } = given;
    if (typeof session !== 'string') {
      sendJson(response, { message: 'A session is missing' }, 400);
      return;
    }
    const { pool, client } = request.params;
    const confirmed = await isConfirmed(serverContext(storage, world), {
      poolId: pool,
      clientId: client,
      session,
    });
    sendJson(response, { confirmed });
  }

  return [below(path, ofAnyOrigin), route('POST', path, answer)];
}

function ofAnyOrigin(request: Request, response: Response): unknown {
  response.setHeader('Access-Control-Allow-Origin', '*');
  if (request.method === 'POST') return PASS;
  if (request.method === 'OPTIONS') return sendPreflight(response);
  response.setHeader('Allow', 'POST, OPTIONS');
  return sendJson(response, { message: 'Method Not Allowed' }, 405);
}

/** The JSON of a request; empty if its body is not JSON. */
async function readGiven(request: Request): Promise<Readonly<Record<string, unknown>>> {
  if (!hasBodyOf(request, 'application/json')) return {};
  const charset = charsetOf(request);
  if (!/^utf-(?:8|16(?:le|be)?)$/.test(charset)) throw new BadRequest(415, `JSON in ${charset}`);
  const text = new TextDecoder(charset).decode(await readBody(request, LONGEST_BYTES));
  if (text === '') return {};
  const value = parsed(text);
  if (typeof value !== 'object' || value === null) throw new BadRequest(400, 'a plain value');
  return value as Readonly<Record<string, unknown>>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest(400, 'not JSON');
  }
}

function sendPreflight(response: Response): void {
  response.statusCode = 204;
  setHeaders(response, {
    'Access-Control-Allow-Methods': 'POST',
    'Access-Control-Allow-Headers': 'content-type',
    'Access-Control-Max-Age': '172800',
  });
  response.end();
}
