import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '@poolhouse/core';

/** Answers a request for a public document; `false` if its path names none. */
export type PublicDocuments = (request: IncomingMessage, response: ServerResponse) => boolean;

/** The answer at the path of a public document. Others may cache it if its status is 200. */
export interface PublicAnswer {
  readonly status: 200 | 400 | 404 | 429;
  readonly value: object;
}

/** How long others may cache an answer; a new signing key is published for longer than that before its first use. */
const CACHE_CONTROL = 'public, max-age=300';
/** After how many seconds a client that asked too often may ask again. */
const RETRY_AFTER_SECONDS = '10';

/**
 * Makes the answers for paths that match `pattern`, on the bare HTTP server: every application reads them, from any origin. `read` gets the
 * groups of the match.
 */
export function makePublicDocument(
  pattern: RegExp,
  log: Log,
  read: (parts: readonly string[], request: IncomingMessage) => Promise<PublicAnswer>,
): PublicDocuments {
  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    parts: readonly string[],
  ): Promise<void> {
    try {
      send(response, await read(parts, request));
    } catch (error) {
      log.error('discovery.failed', { pool: parts[0], err: error });
      if (response.headersSent) response.destroy();
      else send(response, { status: 500, value: { message: 'Internal server error' } });
    }
  }

  return (request, response) => {
    const [path, ...parts] = pattern.exec(request.url ?? '') ?? [];
    if (path === undefined) return false;
    if (request.method === 'GET' || request.method === 'HEAD') {
      void answer(request, response, parts);
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

function send(
  response: ServerResponse,
  { status, value }: PublicAnswer | { readonly status: 500; readonly value: object },
): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': status === 200 ? CACHE_CONTROL : 'no-store',
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
    ...(status === 429 && { 'Retry-After': RETRY_AFTER_SECONDS }),
  });
  response.end(body);
}
