import { setImmediate } from 'node:timers/promises';
import {
  reviewRecentPools,
  reviewUnfinishedPools,
  reviewYieldedNames,
  type Clock,
  type Log,
  type Storage,
} from '@poolhouse/core';
import type { Worker } from './worker.ts';

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
  let stopping = false;
  const parts = {
    storage,
    clock,
    log,
    async pause() {
      await setImmediate();
      if (stopping) throw new ReviewStopped();
    },
  };
  let running: Promise<void> = Promise.resolve();
  return {
    async beforeRequests() {
      const review = reviewUnfinishedPools(parts).then(() => reviewYieldedNames(parts));
      running = review.then(noValue, noValue);
      const { users, hasMore } = await review;
      const lines = users.map(({ poolId, sub }) => `${poolId}, sub ${sub}`);
      if (lines.length > 0) log.warn('names.yielded', { users: lines, hasMore });
      return hasMore ? [...lines, 'and more'] : lines;
    },
    start() {
      running = reviewRecentPools(parts).catch((error: unknown) => {
        if (!(error instanceof ReviewStopped)) log.error('names.review-failed', { err: error });
      });
    },
    async stop() {
      stopping = true;
      await running;
    },
  };
}

const noValue = () => undefined;

/** Ends a review that is not done when the server ends; the next start goes on with it. */
class ReviewStopped extends Error {
  override readonly name = 'ReviewStopped';
}
