import type { IncomingMessage } from 'node:http';

/** How long a client whose body was refused may go on sending until its connection is cut: it shall read our answer. */
const GRACE_AFTER_REFUSAL_MS = 500;

/** Drops what still comes of a body that nobody reads any more, for as long as it takes the client to read the answer. */
export function dropRest(request: IncomingMessage): void {
  request.resume();
  setTimeout(() => {
    if (!request.complete) request.destroy();
  }, GRACE_AFTER_REFUSAL_MS).unref();
}
