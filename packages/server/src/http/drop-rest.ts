import type { IncomingMessage } from 'node:http';

/** How long a client whose body was refused may go on sending before its connection is cut: long enough to read our answer. */
const GRACE_AFTER_REFUSAL_MS = 500;

/** Discards the rest of a body that nobody reads any more, long enough for the client to read the answer. */
export function dropRest(request: IncomingMessage): void {
  request.resume();
  setTimeout(() => {
    if (!request.complete) request.destroy();
  }, GRACE_AFTER_REFUSAL_MS).unref();
}
