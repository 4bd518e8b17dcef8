import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log, Storage } from '@poolhouse/core';
import type { AwsJson } from './aws-json/aws-json.ts';
import type { Discovery } from './discovery-http/discovery.ts';

// An import would read every name that the module has, and one of them loads a whole WebSocket client: 3 MB, 20 ms.
const { createServer } = process.getBuiltinModule('node:http');

/** What one server answers with. */
export interface ServerParts {
  readonly awsJson: AwsJson;
  readonly discovery: Discovery;
  /** Makes the application for the rest; called at its first request, because Express takes 0.1 s to load. */
  readonly pages: () => Promise<RequestListener>;
  readonly storage: Pick<Storage, 'health'>;
  readonly log: Log;
}

/** An HTTP server, not yet listening. */
export interface HttpServer {
  /** Listens, and answers the port; requests wait until `open`. */
  listen(port: number, host: string): Promise<number>;
  /** Begins to answer: everything that the start prepares is there. */
  open(): void;
  /** Takes no new connections, answers what it has accepted, and ends within {@link LONGEST_STOP_MS}. */
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
const MOST_CONNECTIONS = 10_000;
/** A connection on which nothing moves for so long is cut: clients that do not read their answer. */
const IDLE_SOCKET_MS = 90_000;
/** Source: security.md F21. */
const LONGEST_STOP_MS = 8_000;

/** Joins the endpoints of the bare HTTP server and the pages of Express. Tests shorten the limits. */
export function makeServer(
  parts: ServerParts,
  limits: Partial<Record<keyof typeof LIMITS, number>> = {},
): HttpServer {
  const { awsJson, discovery, log } = parts;
  let stopping = false;
  let waiting: (() => void)[] | undefined = [];
  let pages: Promise<RequestListener> | undefined;

  function dispatch(request: IncomingMessage, response: ServerResponse): void {
    if (stopping) response.shouldKeepAlive = false;
    const { url, method } = request;
    const isRoot = url === '/' || url?.startsWith('/?') === true;
    if (isRoot && (method === 'POST' || method === 'OPTIONS')) awsJson(request, response);
    else if (url === '/readyz' && (method === 'GET' || method === 'HEAD')) ready(response);
    else if (!discovery(request, response)) {
      pages ??= parts.pages();
      pages.then((listener) => listener(request, response)).catch(failed(response));
    }
  }

  function ready(response: ServerResponse): void {
    parts.storage
      .health()
      .then((health) => {
        if (!health.ok) log.warn('storage.unhealthy', { reason: health.reason });
        sendJson(response, health.ok ? 200 : 503, { status: health.ok ? 'ok' : 'unavailable' });
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

  const server = createServer({ ...LIMITS, ...limits }, (request, response) => {
    if (waiting === undefined) answer(request, response);
    else waiting.push(() => answer(request, response));
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.setTimeout(IDLE_SOCKET_MS);

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
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        if (waiting !== undefined) server.closeAllConnections();
        // Connections fall idle one by one as their requests are answered; Node closes only those that are idle right now.
        const sweep = setInterval(() => server.closeIdleConnections(), 20);
        const cut = setTimeout(() => server.closeAllConnections(), LONGEST_STOP_MS);
        server.close(() => {
          clearInterval(sweep);
          clearTimeout(cut);
          resolve();
        });
      }),
  };
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
