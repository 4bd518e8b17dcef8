import type { ZodError } from 'zod';
import { raw, type Request, type RequestHandler, type Response } from 'express';
import type { World } from '@poolhouse/core';
import { MOST_VALUES, parseBoundedJson, UnreadableJson } from '../bounded-json.ts';
import type { SourceOf } from '../source-address.ts';
import { includes, type Role } from './roles.ts';
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

/** Sends a refusal in the form of all errors of the console's API. */
export function refuse(response: Response, code: Refusal, message = refusals[code][1]): void {
  response.status(refusals[code][0]).json({ code, message });
}

/** What is wrong with a request's body, and where. */
export function problemOf({ issues: [issue] }: ZodError): string | undefined {
  return issue && `${issue.path.join('.')}: ${issue.message}`;
}

/** What a guarded request is handled with. */
export type Handler = (
  request: Request,
  response: Response,
  session: ConsoleSession,
  /** The network address that the request came from, taken when it arrived. */
  source: string | undefined,
) => Promise<void>;

/** Lets requests through that come from our own pages, with a session, the session's token, and the role. */
export interface Guard {
  /** For requests that read. */
  reads(least: Role, handle: Handler): RequestHandler;
  /** For requests that change something: JSON of our own origin with the CSRF token. */
  writes(least: Role, handle: Handler): RequestHandler;
  /** As `writes`, before there is a session. */
  opens(
    handle: (request: Request, response: Response, source: string | undefined) => Promise<void>,
  ): RequestHandler;
}

/** Makes the guard of all endpoints of the console. Source: security.md V08. */
export function makeGuard(sessions: ConsoleSessions, world: World, sourceOf: SourceOf): Guard {
  // Browsers say where a request comes from; what says it in Origin only has to name us.
  const fromHere = (request: Request): boolean => {
    const site = request.get('Sec-Fetch-Site');
    return site === undefined ? request.get('Origin') === world.publicUrl : site === 'same-origin';
  };
  const guarded =
    (least: Role, writing: boolean, handle: Handler): RequestHandler =>
    (request, response, next) => {
      const source = sourceOf(request);
      const run = async () => {
        if (writing && !fromHere(request)) return refuse(response, 'Origin');
        const session = await sessions.find(request, response);
        if (session === undefined) return refuse(response, 'SignedOut');
        if (writing && !hasCsrfToken(request, session)) return refuse(response, 'Csrf');
        if (writing && !isJson(request)) return refuse(response, 'BadRequest');
        if (!includes(session.role, least)) return refuse(response, 'Forbidden');
        // Only now: reading costs more than everything before it.
        if (writing && !(await readBody(request, response, MOST_VALUES.ofAdministrators)))
          return refuse(response, 'BadRequest');
        await handle(request, response, session, source);
      };
      run().catch(next);
    };
  return {
    reads: (least, handle) => guarded(least, false, handle),
    writes: (least, handle) => guarded(least, true, handle),
    opens: (handle) => (request, response, next) => {
      const source = sourceOf(request);
      const run = async () => {
        if (!fromHere(request)) return refuse(response, 'Origin');
        const isRead =
          isJson(request) && (await readBody(request, response, MOST_VALUES.ofAnybody));
        if (!isRead) return refuse(response, 'BadRequest');
        await handle(request, response, source);
      };
      run().catch(next);
    },
  };
}

const readBytes = raw({ type: 'application/json', limit: '1mb' });

/** Puts the parsed body where handlers look for it; `false` where it cannot be read. */
async function readBody(
  request: Request,
  response: Response,
  mostValues: number,
): Promise<boolean> {
  await new Promise<void>((resolve, reject) => {
    readBytes(request, response, (error?: Error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
  });
  if (!Buffer.isBuffer(request.body)) return true;
  try {
    request.body = parseBoundedJson(request.body, mostValues);
    return true;
  } catch (error) {
    if (error instanceof UnreadableJson) return false;
    throw error;
  }
}

function isJson(request: Request): boolean {
  return request.method === 'DELETE' || request.is('application/json') === 'application/json';
}
