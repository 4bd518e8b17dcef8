import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import {
  reviewRecentPools,
  reviewUnfinishedPools,
  reviewYieldedNames,
  type Clock,
  type Log,
  type Storage,
} from '@poolhouse/core';
import type { Worker } from './worker.ts';

/** Users of a slice while nobody waits for an answer, and beside those who do: some ten milliseconds. */
const SLICE_BEFORE_REQUESTS = 2_000;
const SLICE_BESIDE_REQUESTS = 50;

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
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): NameReview {
  const stopped = new AbortController();
  const unlessStopped = (pause: Promise<unknown>) =>
    pause.catch(noValue).then(() => {
      if (stopped.signal.aborted) throw new ReviewStopped();
    });
  const before = {
    storage,
    clock,
    log,
    slice: SLICE_BEFORE_REQUESTS,
    pause: () => unlessStopped(setImmediate()),
  };
  let sinceMs = 0;
  const beside = {
    ...before,
    slice: SLICE_BESIDE_REQUESTS,
    // Others get at least half of the time.
    async pause() {
      await unlessStopped(
        delay(performance.now() - sinceMs, undefined, { signal: stopped.signal, ref: false }),
      );
      sinceMs = performance.now();
    },
  };
  let running: Promise<void> = Promise.resolve();
  return {
    async beforeRequests() {
      const review = reviewUnfinishedPools(before).then(() => reviewYieldedNames(before));
      running = review.then(noValue, noValue);
      const { users, hasMore } = await review;
      const lines = users.map(({ poolId, sub }) => `${poolId}, sub ${sub}`);
      if (lines.length > 0) log.warn('names.yielded', { users: lines, hasMore });
      return hasMore ? [...lines, 'and more'] : lines;
    },
    start() {
      sinceMs = performance.now();
      running = reviewRecentPools(beside).catch((error: unknown) => {
        if (!(error instanceof ReviewStopped)) log.error('names.review-failed', { err: error });
      });
    },
    async stop() {
      stopped.abort();
      await running;
    },
  };
}

const noValue = () => undefined;

/** Ends a review that is not done when the server ends; the next start goes on with it. */
class ReviewStopped extends Error {
  override readonly name = 'ReviewStopped';
}
