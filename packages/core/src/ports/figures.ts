import type { PoolId } from '../domain/ids.ts';
import type { FigureKind } from './stores/figures.ts';

/** Counts what happens in pools, by day. Counting never fails and never waits; a crash may lose the last second of it. */
export interface Figures {
  count(poolId: PoolId, kind: FigureKind): void;
}
