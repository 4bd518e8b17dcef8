import type { Server as NodeServer } from 'node:http';
import { Server as ListeningSocket, type Socket } from 'node:net';
import { setImmediate as afterInput, setTimeout as delay } from 'node:timers/promises';

/** How long the ends of kept connections get to send what is on its way. */
const LINGER_MS = 30;
/** New connections that never pause are let in no longer than this. */
const LONGEST_LINGER_MS = 1_500;
const SWEEP_MS = 20;
/** How long a new connection may take to its first byte. */
const FIRST_BYTE_MS = 1_500;

/**
 * Makes the function that ends an HTTP server: what has arrived is let in, the port is given back, idle connections are closed,
 * and what is under work is answered, within `longestMs`. Node's own `close` resets what it has not read yet.
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

  /** Until a turn of the event loop brings neither a connection nor a request, and kept connections had their time. */
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
    // Node counts a connection on which nothing was ever sent as one under work; balancers keep such ones for later.
    const oldMs = performance.now() - FIRST_BYTE_MS;
    for (const [socket, sinceMs] of sockets) {
      if (socket.bytesRead === 0 && sinceMs < oldMs) socket.destroy();
    }
  }

  return async () => {
    await letIn();
    const closed = new Promise((resolve) => server.once('close', resolve));
    // Not the HTTP server's own: that one cuts every connection whose next request it has not read yet.
    ListeningSocket.prototype.close.call(server);
    await letIn();
    // Connections fall idle one by one as their requests are answered; Node closes only those that are idle right now.
    const sweep = setInterval(closeIdle, SWEEP_MS);
    const cut = setTimeout(() => server.closeAllConnections(), longestMs);
    closeIdle();
    await closed;
    clearInterval(sweep);
    clearTimeout(cut);
    // Nothing is left to cut; it ends Node's own look at slow connections.
    server.close();
  };
}
