import type { PoolId } from '../domain/ids.ts';
import type { MetricKind } from './stores/metrics.ts';

/** Counts what happens in pools, by day. Counting never fails and never waits; a crash may lose its last second. */
export interface Metrics {
  count(poolId: PoolId, kind: MetricKind): void;
}
