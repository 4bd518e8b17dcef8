import type { Server as NodeServer, ServerResponse } from 'node:http';

/** How long to observe the event loop before judging it. */
const WINDOW_MS = 50;
/** A single client that asks again immediately keeps the loop some three quarters busy. */
const FULL = 0.85;

/**
 * Tells whether more than one request is in progress. Requests that are answered without waiting never overlap, however many are queued:
 * then the event loop is full. Requests that wait for something overlap, while the loop has time.
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
