import { once } from 'node:events';
import type { Log, Storage } from '@poolhouse/core';
import type { Work } from './work.ts';

/** After the rush of the start. */
const FIRST_AFTER_MS = 10_000;
const EVERY_MS = 24 * 3_600_000;
/** After it was postponed: by then, the heavy writing has ended. */
const AGAIN_AFTER_MS = 10 * 60_000;

/** Inspects the database for damage after the start and once a day. Requests only see the pages that they read. */
export function damageWatch(storage: Pick<Storage, 'inspect'>, log: Log): Work {
  return {
    // The file is on this node's disk; PostgreSQL checks its own.
    scope: 'node',
    firstAfterMs: FIRST_AFTER_MS,
    everyMs: EVERY_MS,
    async run({ stopping }) {
      // An inspection only reads and ends by itself: a stop does not wait for it.
      const isDone = await Promise.race([storage.inspect(), once(stopping, 'abort')]);
      return isDone === false ? AGAIN_AFTER_MS : undefined;
    },
    failed: (error) => log.warn('storage.uninspected', { err: error }),
  };
}
