import { EVENTS_KEPT_MS, type Clock, type Log, type Stores } from '@poolhouse/core';
import type { Work } from './work.ts';

const EVERY_MS = 60_000;
/** Rows that a store removes at once: a batch delays other writers by only a few milliseconds. */
const BATCH = 500;
/** An access token may outlive the refresh token that it came from, and is valid for at most a day: until then it needs its session. */
const KEEP_SESSIONS_MS = 24 * 3_600_000;
/** Delivered messages are kept for a day, for the development inbox and for support questions. */
const KEEP_MESSAGES_MS = 24 * 3_600_000;

/** Removes what has expired: codes, used proofs, limits, sessions, events of users and delivered messages. */
export function purge(
  stores: Stores,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Work {
  const purges: Readonly<Record<string, (nowMs: number) => Promise<number>>> = {
    codes: (nowMs) => stores.codes.purge(nowMs, BATCH),
    replayCache: (nowMs) => stores.replayCache.purge(nowMs, BATCH),
    limits: (nowMs) => stores.limits.purge(nowMs, BATCH),
    sessions: (nowMs) => stores.sessions.purge(nowMs - KEEP_SESSIONS_MS, BATCH),
    authEvents: (nowMs) => stores.authEvents.purge(nowMs - EVENTS_KEPT_MS, BATCH),
    outbox: (nowMs) => stores.outbox.purge(nowMs - KEEP_MESSAGES_MS, BATCH),
  };
  return {
    // Two nodes would go after the same rows and wait for each other's locks.
    scope: 'cluster',
    everyMs: EVERY_MS,
    async run({ goesOn }) {
      for (const [what, purge] of Object.entries(purges)) {
        try {
          let removed = BATCH;
          while (removed === BATCH && (await goesOn())) removed = await purge(clock.nowMs());
        } catch (error) {
          log.warn('purge.failed', { what, err: error });
        }
      }
    },
    failed: (error) => log.warn('purge.failed', { err: error }),
  };
}
