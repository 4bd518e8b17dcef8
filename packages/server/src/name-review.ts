import { setImmediate } from 'node:timers/promises';
import {
  reviewRecentPools,
  reviewUnfinishedPools,
  reviewYieldedNames,
  type Clock,
  type Log,
  type Storage,
} from '@poolhouse/core';
import { makeSlicePace, type SliceTime } from './jobs/slice-pace.ts';
import type { Worker } from './worker.ts';

/** Users of a slice while nobody waits for an answer, and beside those who do: most are only read. */
const ROWS_BEFORE_REQUESTS = 2_000;
const ROWS_BESIDE_REQUESTS = { first: 20, fewest: 5, most: 2_000 };

/** The review of names that an older build keyed otherwise (ADR 10). */
export interface NameReview extends Worker {
  /**
   * What has to be done before requests are answered; costs nothing where it has been. Answers users who yield a name to
   * another, one line each, for whoever starts the server.
   */
  beforeRequests(): Promise<readonly string[]>;
}

/** As a worker, it looks once more where a node of the build before may have written since. */
export function makeNameReview(
  storage: Storage,
  { clock, log, time }: { readonly clock: Clock; readonly log: Log; readonly time?: SliceTime },
): NameReview {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> = Promise.resolve();
  return {
    async beforeRequests() {
      const pause = () => setImmediate(undefined, { signal });
      const before = { storage, clock, log, pace: { rows: ROWS_BEFORE_REQUESTS, pause } };
      const review = reviewUnfinishedPools(before).then(() => reviewYieldedNames(before));
      running = review.then(noValue, noValue);
      const { users, hasMore } = await review;
      const lines = users.map(({ poolId, sub }) => `${poolId}, sub ${sub}`);
      if (lines.length > 0) log.warn('names.yielded', { users: lines, hasMore });
      return hasMore ? [...lines, 'and more'] : lines;
    },
    start() {
      const beside = {
        storage,
        clock,
        log,
        pace: makeSlicePace(signal, ROWS_BESIDE_REQUESTS, time),
      };
      running = reviewRecentPools(beside).catch((error: unknown) => {
        if (!isAbort(error)) log.error('names.review-failed', { err: error });
      });
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

const noValue = () => undefined;

/** A review that is not done when the server ends is broken off; the next start begins it again. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
