import type { PoolId } from '../../domain/ids.ts';

/** What is counted by day. */
export type MetricKind = 'sign-up' | 'confirmation' | 'sign-in' | 'sign-in-failure';

/** How often something happened on one day, UTC. */
export interface DayMetric {
  readonly poolId: PoolId;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly kind: MetricKind;
  readonly count: number;
}

/** Daily metrics of pools. */
export interface MetricStore {
  /** Adds to the counts; a pool that has been deleted meanwhile is skipped. */
  add(metrics: readonly DayMetric[]): Promise<void>;
  /** Days in order, without those that have no counts. Both days are inclusive. */
  between(poolId: PoolId, firstDay: string, lastDay: string): Promise<readonly DayMetric[]>;
}
