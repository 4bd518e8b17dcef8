import { setImmediate } from 'node:timers/promises';
import {
  reviewRecentPools,
  reviewUnfinishedPools,
  reviewYieldedNames,
  type Clock,
  type Log,
  type Storage,
} from '@poolhouse/core';
import { makeSlicePace, type SliceTime } from './slice-pace.ts';
import type { Work } from './work.ts';

/** Users per slice while nobody waits for an answer, and beside requests: most users are only read. */
const ROWS_BEFORE_REQUESTS = 2_000;
const ROWS_BESIDE_REQUESTS = { first: 20, fewest: 5, most: 2_000 };

/** The review of names for which an older build had other keys (ADR 10). If it is interrupted, the next start continues it. */
export interface NameReview {
  /**
   * What must be done before requests are answered; costs nothing if it has been done. Returns the users who yield a name to another, one
   * line each, for whoever starts the server.
   */
  beforeRequests(stopping: AbortSignal): Promise<readonly string[]>;
  /** Another review where a node of the previous build may have written since. */
  readonly work: Work;
}

/** Makes the review. */
export function makeNameReview(
  storage: Storage,
  { clock, log, time }: { readonly clock: Clock; readonly log: Log; readonly time?: SliceTime },
): NameReview {
  return {
    async beforeRequests(signal) {
      const pause = () => setImmediate(undefined, { signal });
      const before = { storage, clock, log, pace: { rows: ROWS_BEFORE_REQUESTS, pause } };
      await reviewUnfinishedPools(before);
      const { users, hasMore } = await reviewYieldedNames(before);
      const lines = users.map(({ poolId, sub }) => `${poolId}, sub ${sub}`);
      if (lines.length > 0) log.warn('names.yielded', { users: lines, hasMore });
      return hasMore ? [...lines, 'and more'] : lines;
    },
    work: {
      // A rolling upgrade replaces nodes one by one: the last one to start has to review again, whoever did so before.
      scope: 'node',
      run: ({ stopping }) =>
        reviewRecentPools({
          storage,
          clock,
          log,
          pace: makeSlicePace(stopping, ROWS_BESIDE_REQUESTS, time),
        }),
      failed: (error) => log.error('names.review-failed', { err: error }),
    },
  };
}
