import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log, Storage } from '@poolhouse/core';
import type { AwsJson } from '../aws-json/aws-json.ts';
import type { PublicDocuments } from '../discovery-http/public-document.ts';
import { endSlowRequests } from '../http/slow-requests.ts';
import { makeEnding } from './ending.ts';
import { makeLoad } from './load.ts';
import { makeSite, type Mount } from '../site/site.ts';

// An import would read every export of the module, and one of them loads a whole WebSocket client: 3 MB, 20 ms.
const { createServer } = process.getBuiltinModule('node:http');

/** What a server answers with. */
export interface ServerParts {
  readonly awsJson: AwsJson;
  /** Key sets and the like, which every application reads. */
  readonly documents: readonly PublicDocuments[];
  /** Loads the browser pages and their endpoints at the first request for one: most servers are seldom asked. */
  readonly mounts: () => Promise<readonly Mount[]>;
  readonly storage: Pick<Storage, 'health'>;
  readonly log: Log;
}

/** An HTTP server, not yet listening. */
export interface HttpServer {
  /** Starts listening; returns the port. Requests wait until `open`. */
  listen(port: number, host: string): Promise<number>;
  /** Starts answering, once the start has prepared everything. */
  open(): void;
  /** Whether more than one request is in progress. */
  isBusy(): boolean;
  /** From now on `/readyz` sends load balancers elsewhere, and each response closes its connection; requests are still answered. */
  drain(): void;
  /** Answers what has arrived, accepts no new connections, and ends within {@link LONGEST_STOP_MS}. */
  stop(): Promise<void>;
}

/** Source: security.md X29 and X31. */
const LIMITS = {
  headersTimeout: 10_000,
  /** Headers and body together. */
  requestTimeout: 20_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 65_000,
  /** All headers and the request line. */
  maxHeaderSize: 16_384,
} as const;
/** A file of users may arrive for as long as its address is valid (http/slow-requests.ts). */
const LONGEST_REQUEST_MS = 900_000;
const MOST_CONNECTIONS = 10_000;
/** A connection with no activity for this long is cut: its client does not read the answer. */
const IDLE_SOCKET_MS = 90_000;
/** A request to an unresponsive database ends after some 5 s. Source: security.md F21. */
const LONGEST_STOP_MS = 7_000;

/**
 * Whether the process lives, not whether its database does: otherwise an orchestrator would restart all nodes when the database is down.
 */
const LIVENESS = '/livez';

/** Combines the API and other immediate answers with the site of pages. Tests shorten the limits. */
export function makeServer(
  parts: ServerParts,
  limits: Partial<Record<keyof typeof LIMITS, number>> = {},
): HttpServer {
  const { awsJson, documents, log } = parts;
  let draining = false;
  let waiting: (() => void)[] | undefined = [];
  let site: Promise<RequestListener> | undefined;

  function dispatch(request: IncomingMessage, response: ServerResponse): void {
    if (draining) response.shouldKeepAlive = false;
    const { url, method } = request;
    const isRoot = url === '/' || url?.startsWith('/?') === true;
    if (isRoot && (method === 'POST' || method === 'OPTIONS')) awsJson(request, response);
    else if (url === '/readyz' && isRead(method)) ready(response);
    else if (url === LIVENESS && isRead(method)) sendJson(response, 200, { status: 'ok' });
    else if (!documents.some((answers) => answers(request, response))) {
      site ??= parts.mounts().then((mounts) => makeSite(mounts, log));
      site.then((listener) => listener(request, response)).catch(failed(response));
    }
  }

  function ready(response: ServerResponse): void {
    if (draining) {
      sendJson(response, 503, { status: 'draining' });
      return;
    }
    parts.storage
      .health()
      .then((health) => {
        if (!health.ok) log.warn('storage.unhealthy', { reason: health.reason });
        const status = health.ok ? 'ok' : health.isDamaged ? 'damaged' : 'unavailable';
        sendJson(response, health.ok ? 200 : 503, { status });
      })
      .catch(failed(response));
  }

  const failed = (response: ServerResponse) => (error: unknown) => {
    log.error('request.failed', { err: error });
    if (response.headersSent) response.destroy();
    else sendJson(response, 500, { message: 'Internal server error' });
  };

  function answer(request: IncomingMessage, response: ServerResponse): void {
    try {
      dispatch(request, response);
    } catch (error) {
      failed(response)(error);
    }
  }

  const { requestTimeout, ...others } = { ...LIMITS, ...limits };
  const settings = { ...others, requestTimeout: LONGEST_REQUEST_MS };
  const server = createServer(settings, (request, response) => {
    // A liveness check does not depend on whether the server is prepared.
    if (waiting === undefined || request.url === LIVENESS) answer(request, response);
    else waiting.push(() => answer(request, response));
  });
  const { connectionsCheckingInterval: everyMs } = others;
  endSlowRequests(server, { longestMs: requestTimeout, everyMs });
  server.maxConnections = MOST_CONNECTIONS;
  server.setTimeout(IDLE_SOCKET_MS);
  const end = makeEnding(server, LONGEST_STOP_MS);
  const isBusy = makeLoad(server);

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.removeListener('error', reject);
          server.on('error', (error) => log.error('server.error', { err: error }));
          resolve((server.address() as AddressInfo).port);
        });
      }),
    open() {
      const held = waiting ?? [];
      waiting = undefined;
      for (const answerNow of held) answerNow();
    },
    isBusy,
    drain() {
      draining = true;
    },
    async stop() {
      draining = true;
      if (waiting !== undefined) server.closeAllConnections();
      await end();
    },
  };
}

function isRead(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD';
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
}
