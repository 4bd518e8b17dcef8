import type { World } from '@poolhouse/core';
import { MOST_VALUES, parseBoundedJson, UnreadableJson } from '../http/bounded-json.ts';
import type { SourceOf } from '../http/source-address.ts';
import { includes, type Role } from './roles.ts';
import { hasBodyOf, readBody } from '../site/body.ts';
import type { Handler, Request, Response } from '../site/route.ts';
import { sendJson } from '../site/send.ts';
import { hasCsrfToken, type ConsoleSession, type ConsoleSessions } from './session.ts';

/** Why the console's own API refuses a request; the operations' errors keep their own names. */
export type Refusal = 'SignedOut' | 'Forbidden' | 'Csrf' | 'Origin' | 'NotFound' | 'BadRequest';

const refusals: Readonly<Record<Refusal, readonly [status: number, message: string]>> = {
  SignedOut: [401, 'You are signed out. Sign in again to go on.'],
  Forbidden: [403, 'Your role does not allow this. Ask an owner.'],
  Csrf: [403, 'This page is out of date. Reload it and try again.'],
  Origin: [403, 'This request comes from another site.'],
  NotFound: [404, 'There is no such thing here.'],
  BadRequest: [400, 'The request cannot be understood.'],
};

/** Sends a refusal in the form that all errors of the console's API have. */
export function refuse(response: Response, code: Refusal, message = refusals[code][1]): void {
  sendJson(response, { code, message }, refusals[code][0]);
}

/** Handles a guarded request. */
export type GuardedHandler<Names extends string> = (
  request: Request<Names>,
  response: Response,
  session: ConsoleSession,
  /** The network address that the request came from, taken when it arrived. */
  source: string | undefined,
) => Promise<void>;

/** Lets a request through if it comes from our own pages, with a session, the session's token, and the role. */
export interface Guard {
  /** For requests that read. */
  reads<Names extends string>(least: Role, handle: GuardedHandler<Names>): Handler<Names>;
  /** For requests that change something: JSON from our own origin with the CSRF token. */
  writes<Names extends string>(least: Role, handle: GuardedHandler<Names>): Handler<Names>;
  /** Like `writes`, before there is a session. */
  opens(
    handle: (request: Request, response: Response, source: string | undefined) => Promise<void>,
  ): Handler;
}

/** Makes the guard of all the console's endpoints. Source: security.md V08. */
export function makeGuard(sessions: ConsoleSessions, world: World, sourceOf: SourceOf): Guard {
  // Browsers send Sec-Fetch-Site; from a client that sends only Origin, it must name us.
  const fromHere = (request: Request): boolean => {
    const site = request.headers['sec-fetch-site'];
    return site === undefined ? request.headers.origin === world.publicUrl : site === 'same-origin';
  };
  const guarded =
    <Names extends string>(
      least: Role,
      writing: boolean,
      handle: GuardedHandler<Names>,
    ): Handler<Names> =>
    async (request, response) => {
      const source = sourceOf(request);
      if (writing && !fromHere(request)) return refuse(response, 'Origin');
      const session = await sessions.find(request, response);
      if (session === undefined) return refuse(response, 'SignedOut');
      if (writing && !hasCsrfToken(request, session)) return refuse(response, 'Csrf');
      if (writing && !isJson(request)) return refuse(response, 'BadRequest');
      if (!includes(session.role, least)) return refuse(response, 'Forbidden');
      // Only now, because reading costs more than everything before it.
      if (writing && !(await readJson(request, MOST_VALUES.ofAdministrators)))
        return refuse(response, 'BadRequest');
      await handle(request, response, session, source);
    };
  return {
    reads: (least, handle) => guarded(least, false, handle),
    writes: (least, handle) => guarded(least, true, handle),
    opens: (handle) => async (request, response) => {
      const source = sourceOf(request);
      if (!fromHere(request)) return refuse(response, 'Origin');
      const isRead = isJson(request) && (await readJson(request, MOST_VALUES.ofAnybody));
      if (!isRead) return refuse(response, 'BadRequest');
      await handle(request, response, source);
    },
  };
}

const JSON_TYPE = 'application/json';
const LONGEST_BODY_BYTES = 1_048_576;

/** Puts the parsed body where handlers expect it; `false` if it cannot be read. */
async function readJson(request: Request, mostValues: number): Promise<boolean> {
  if (!hasBodyOf(request, JSON_TYPE)) return true;
  const body = await readBody(request, LONGEST_BODY_BYTES);
  try {
    request.body = parseBoundedJson(body, mostValues);
    return true;
  } catch (error) {
    if (error instanceof UnreadableJson) return false;
    throw error;
  }
}

function isJson(request: Request): boolean {
  return request.method === 'DELETE' || hasBodyOf(request, JSON_TYPE);
}
