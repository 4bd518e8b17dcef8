import type { Server as NodeServer, ServerResponse } from 'node:http';

/** How long the event loop is looked at before it is judged. */
const WINDOW_MS = 50;
/** A lone client that asks again at once keeps it some three quarters full. */
const FULL = 0.85;

/**
 * Tells whether more than one request is at work. Requests that are answered without waiting never overlap, however many wait their
 * turn: then the event loop is full. Those that wait for something overlap, while the loop has time.
 */
export function makeLoad(server: NodeServer): () => boolean {
  let atWork = 0;
  server.on('request', (_, response: ServerResponse) => {
    atWork += 1;
    response.once('close', () => (atWork -= 1));
  });
  let since = performance.eventLoopUtilization();
  let sinceMs = performance.now();
  let isFull = false;
  return () => {
    const nowMs = performance.now();
    if (nowMs - sinceMs >= WINDOW_MS) {
      const now = performance.eventLoopUtilization();
      isFull = performance.eventLoopUtilization(now, since).utilization >= FULL;
      since = now;
      sinceMs = nowMs;
    }
    return isFull || atWork > 1;
  };
}
