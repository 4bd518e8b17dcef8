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

/** Users of a slice while nobody waits for an answer, and beside those who do: most are only read. */
const ROWS_BEFORE_REQUESTS = 2_000;
const ROWS_BESIDE_REQUESTS = { first: 20, fewest: 5, most: 2_000 };

/** The review of names that an older build keyed otherwise (ADR 10). One that is broken off is begun again by the next start. */
export interface NameReview {
  /**
   * What has to be done before requests are answered; costs nothing where it has been. Answers users who yield a name to
   * another, one line each, for whoever starts the server.
   */
  beforeRequests(stopping: AbortSignal): Promise<readonly string[]>;
  /** One more look where a node of the build before may have written since. */
  readonly work: Work;
}

/** Makes it. */
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
      // A rolling upgrade replaces nodes one by one: the last one to start has to look again, whoever has looked before.
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
