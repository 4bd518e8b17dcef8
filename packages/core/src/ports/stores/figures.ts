import type { PoolId } from '../../domain/ids.ts';

/** What is counted by day. */
export type FigureKind = 'sign-up' | 'confirmation' | 'sign-in' | 'sign-in-failure';

/** How often something happened on one day, UTC. */
export interface DayFigure {
  readonly poolId: PoolId;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly kind: FigureKind;
  readonly count: number;
}

/** Daily figures of pools. */
export interface FigureStore {
  /** Adds to the counts; a pool that is gone meanwhile is left out. */
  add(figures: readonly DayFigure[]): Promise<void>;
  /** Days in order, those without anything left out. Both days are inclusive. */
  between(poolId: PoolId, firstDay: string, lastDay: string): Promise<readonly DayFigure[]>;
}
