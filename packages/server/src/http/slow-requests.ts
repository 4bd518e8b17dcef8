import type { IncomingMessage, Server as NodeServer, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const patient = new WeakSet<IncomingMessage>();

/** Lets a request arrive as slowly as it likes, within Node's own limit: a large file over a slow line. For handlers that know who sends it. */
export function mayTakeLong(request: IncomingMessage): void {
  patient.add(request);
}

interface Arriving {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly sinceMs: number;
}

/**
 * Ends requests whose body has not arrived within `longestMs`, looking every `everyMs`. Node has such a limit itself, but none that differs from request
 * to request. Source: security.md X29.
 */
export function endSlowRequests(
  server: NodeServer,
  { longestMs, everyMs }: { readonly longestMs: number; readonly everyMs: number },
): void {
  // One per connection: the next request begins when the one before has arrived.
  const arriving = new Map<Socket, Arriving>();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    arriving.set(request.socket, { request, response, sinceMs: performance.now() });
  });
  const sweep = setInterval(() => {
    const oldMs = performance.now() - longestMs;
    for (const [socket, { request, response, sinceMs }] of arriving) {
      if (request.complete || socket.destroyed) arriving.delete(socket);
      else if (sinceMs <= oldMs && !patient.has(request)) {
        arriving.delete(socket);
        if (!response.headersSent) {
          socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
        }
        socket.destroySoon();
      }
    }
  }, everyMs);
  sweep.unref();
  server.once('close', () => clearInterval(sweep));
}
