import type { PoolId } from '../ids.ts';

/** A group of a pool. Source: API model, GroupType. */
export interface Group {
  readonly poolId: PoolId;
  readonly name: string;
  readonly description?: string;
  readonly roleArn?: string;
  /** 0 wins. */
  readonly precedence?: number;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
}
