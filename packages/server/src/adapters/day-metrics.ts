import type { Clock, DayMetric, Metrics, MetricKind, Log, PoolId, Stores } from '@poolhouse/core';
import type { Work } from '../jobs/work.ts';

const FLUSH_EVERY_MS = 1_000;

/** This process's counters. */
export interface DayMetrics extends Metrics {
  readonly work: Work;
  /** Writes what the last requests counted, once no request is being answered any more. */
  close(): Promise<void>;
}

/**
 * Counts in memory and adds to the database once a second, so that counting costs a sign-in nothing. A crash loses at most a second of
 * metrics, and no facts: users and tokens are written independently.
 */
export function makeDayMetrics(
  stores: Pick<Stores, 'metrics'>,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): DayMetrics {
  let counted = new Map<string, DayMetric>();

  function count(poolId: PoolId, kind: MetricKind): void {
    const day = new Date(clock.nowMs()).toISOString().slice(0, 10);
    const key = `${poolId} ${day} ${kind}`;
    counted.set(key, { poolId, day, kind, count: (counted.get(key)?.count ?? 0) + 1 });
  }

  async function flush(): Promise<void> {
    if (counted.size === 0) return;
    const batch = counted;
    counted = new Map();
    try {
      await stores.metrics.add([...batch.values()]);
    } catch (error) {
      for (const [key, metric] of batch) {
        const since = counted.get(key)?.count ?? 0;
        counted.set(key, { ...metric, count: metric.count + since });
      }
      throw error;
    }
  }

  const failed = (error: unknown) => log.warn('metrics.failed', { err: error });
  return {
    count,
    // The counts are in each node's memory.
    work: { scope: 'node', everyMs: FLUSH_EVERY_MS, run: flush, failed },
    close: () => flush().catch(failed),
  };
}
