import type { IncomingMessage, RequestListener } from 'node:http';
import { parse } from 'node:querystring';
import type { Log } from '@poolhouse/core';
import { matcherOf, targetOf, type Target } from './match.ts';
import { BadRequest, PASS, type Request, type Response, type Route } from './route.ts';
import { sendJson } from './send.ts';

/** A part of the site, and the path under which it is mounted. */
export interface Mount {
  readonly path: string;
  readonly routes: readonly Route[];
}

const METHODS: ReadonlySet<unknown> = new Set([
  'GET',
  'HEAD',
  'POST',
  'OPTIONS',
  'PUT',
  'PATCH',
  'DELETE',
]);

/** Every response has them, unless its own route says otherwise. Source: security.md X19 to X23. */
const SECURE_HEADERS = Object.entries({
  'Content-Security-Policy':
    "default-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none';object-src 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'X-Download-Options': 'noopen',
  'X-Frame-Options': 'DENY',
  'X-Permitted-Cross-Domain-Policies': 'none',
  'X-XSS-Protection': '0',
});

/**
 * Makes the listener for everything that the bare HTTP server does not answer. Of the matching routes, in the order of the mounts, the
 * first that does not pass the request on answers it.
 */
export function makeSite(mounts: readonly Mount[], log: Log): RequestListener {
  const parts = mounts.map(({ path, routes }) =>
    routes.map((route) => ({ ...route, match: matcherOf(path, route) })),
  );

  async function answer(
    request: IncomingMessage,
    response: Response,
    target: Target,
  ): Promise<void> {
    // PostgreSQL refuses to look for a text that contains it.
    if (request.url?.includes('%00')) throw new BadRequest(400, 'a NUL');
    const query = parse(target.query);
    for (const routes of parts) {
      const allowed = new Set<string>();
      for (const { method, match, handle } of routes) {
        const found = match(target);
        if (found === undefined) continue;
        if (takes(method, request.method)) {
          const { path } = target;
          const arrived: Request = Object.assign(request, { path, query, ...found });
          if ((await handle(arrived, response)) !== PASS) return;
        } else if (request.method === 'OPTIONS') {
          for (const name of method === 'GET' ? ['GET', 'HEAD'] : [method ?? '']) allowed.add(name);
        }
      }
      if (allowed.size > 0) return sendMethods(response, [...allowed].sort().join(', '));
    }
    sendJson(response, { message: 'Not Found' }, 404);
  }

  return (request, response) => {
    // Otherwise, writing to a closed connection would end the process.
    response.on('error', (error) =>
      log.error('page.failed', { method: request.method, err: error }),
    );
    // Nothing is cached unless its own route says so: pages, including errors, contain what belongs to one person (security.md R12).
    response.setHeader('Cache-Control', 'no-store');
    if (!METHODS.has(request.method)) {
      response.setHeader('Allow', [...METHODS].join(', '));
      sendJson(response, { message: 'Method Not Allowed' }, 405);
      return;
    }
    for (const [name, value] of SECURE_HEADERS) response.setHeader(name, value);
    const target = targetOf(request.url ?? '');
    answer(request, response, target).catch((error: unknown) => {
      const status = error instanceof BadRequest ? error.status : 500;
      const { method } = request;
      if (status === 500) log.error('page.failed', { method, path: target.path, err: error });
      const message = status === 500 ? 'Internal server error' : 'Bad Request';
      if (response.headersSent) response.destroy();
      else sendJson(response, { message }, status);
    });
  };
}

function takes(method: string | undefined, asked: string | undefined): boolean {
  return method === undefined || method === asked || (method === 'GET' && asked === 'HEAD');
}

/** The answer to OPTIONS if no route answers it. */
function sendMethods(response: Response, methods: string): void {
  response.setHeader('Allow', methods);
  response.setHeader('Content-Type', 'text/plain');
  response.setHeader('Content-Length', Buffer.byteLength(methods));
  response.end(methods);
}
