import type { Log, Storage } from '@poolhouse/core';
import type { Worker } from './worker.ts';

/** Past the rush of the start. */
const FIRST_AFTER_MS = 10_000;
const EVERY_MS = 24 * 3_600_000;
/** When it was put off: what writes so much has ended by then. */
const AGAIN_AFTER_MS = 10 * 60_000;

/** Looks through the database for damage after the start and once a day. Requests meet only the pages that they read. */
export function makeDamageWatch(
  storage: Pick<Storage, 'inspect'>,
  log: Log,
  firstAfterMs = FIRST_AFTER_MS,
): Worker {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const lookAfter = (ms: number) => {
    if (!isStopped) timer = setTimeout(() => void look(), ms).unref();
  };
  const look = async (): Promise<void> => {
    const isDone = await storage.inspect().catch((error: unknown) => {
      log.warn('storage.uninspected', { err: error });
      return true;
    });
    lookAfter(isDone ? EVERY_MS : AGAIN_AFTER_MS);
  };
  return {
    start: () => lookAfter(firstAfterMs),
    // A look under way only reads, and ends by itself.
    async stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
