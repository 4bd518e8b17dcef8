import type { Log, Storage } from '@poolhouse/core';
import type { Worker } from './worker.ts';

/** Past the rush of the start. */
const FIRST_AFTER_MS = 10_000;
const EVERY_MS = 24 * 3_600_000;

/** Looks through the database for damage after the start and once a day. Requests meet only the pages that they read. */
export function makeDamageWatch(
  storage: Pick<Storage, 'inspect'>,
  log: Log,
  firstAfterMs = FIRST_AFTER_MS,
): Worker {
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    timer = setTimeout(look, EVERY_MS);
    timer.unref();
    storage.inspect().catch((error: unknown) => log.warn('storage.uninspected', { err: error }));
  };
  return {
    start() {
      timer = setTimeout(look, firstAfterMs);
      timer.unref();
    },
    // A look under way only reads, and ends by itself.
    async stop() {
      clearTimeout(timer);
    },
  };
}
