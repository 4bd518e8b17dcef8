import type { Server as NodeServer } from 'node:http';
import { Server as ListeningSocket, type Socket } from 'node:net';
import { setImmediate as afterInput, setTimeout as delay } from 'node:timers/promises';

/** How long closing kept-alive connections may take to send what they still have. */
const LINGER_MS = 30;
/** New connections are accepted no longer than this, even if they never pause. */
const LONGEST_LINGER_MS = 1_500;
const SWEEP_MS = 20;
/** How long a new connection may take to its first byte. */
const FIRST_BYTE_MS = 1_500;

/**
 * Makes the function that ends an HTTP server: what has arrived is accepted, the port is released, idle connections are closed, and
 * requests in progress are answered, within `longestMs`. Node's own `close` resets connections that it has not read yet.
 */
export function makeEnding(server: NodeServer, longestMs: number): () => Promise<void> {
  const sockets = new Map<Socket, number>();
  let arrivals = 0;
  server.on('request', () => (arrivals += 1));
  server.on('connection', (socket: Socket) => {
    arrivals += 1;
    sockets.set(socket, performance.now());
    socket.once('close', () => sockets.delete(socket));
  });

  /** Until a turn of the event loop brings neither a connection nor a request, and kept-alive connections have had their time. */
  async function letIn(): Promise<void> {
    const begunMs = performance.now();
    for (;;) {
      const before = arrivals;
      await delay(1);
      await afterInput();
      const passedMs = performance.now() - begunMs;
      const isQuiet = arrivals === before && (sockets.size === 0 || passedMs >= LINGER_MS);
      if (isQuiet || passedMs >= LONGEST_LINGER_MS) return;
    }
  }

  function closeIdle(): void {
    server.closeIdleConnections();
    // Node counts a connection that has never sent anything as active; load balancers keep such connections for later.
    const oldMs = performance.now() - FIRST_BYTE_MS;
    for (const [socket, sinceMs] of sockets) {
      if (socket.bytesRead === 0 && sinceMs < oldMs) socket.destroy();
    }
  }

  return async () => {
    await letIn();
    const closed = new Promise((resolve) => server.once('close', resolve));
    // Not the HTTP server's own `close`, which cuts every connection whose next request it has not read yet.
    ListeningSocket.prototype.close.call(server);
    await letIn();
    // Connections become idle one by one as their requests are answered; Node closes only those that are idle at the moment.
    const sweep = setInterval(closeIdle, SWEEP_MS);
    const cut = setTimeout(() => server.closeAllConnections(), longestMs);
    closeIdle();
    await closed;
    clearInterval(sweep);
    clearTimeout(cut);
    // Nothing is left to cut; this ends Node's own timer for slow connections.
    server.close();
  };
}
