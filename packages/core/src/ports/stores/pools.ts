import type { PoolId } from '../../domain/ids.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import type { Page } from './page.ts';

/** Where a list of pools goes on: creation time, then id. */
export interface PoolListKey {
  readonly createdAtMs: number;
  readonly id: PoolId;
}

/** User pools. Reads may be at most one second old where several nodes share a database. */
export interface PoolStore {
  /** Inserts the pool unless its id is taken. */
  createIfAbsent(pool: Pool): Promise<boolean>;
  get(id: PoolId): Promise<Pool | undefined>;
  /** Applies `change` to the current record under a lock. `undefined` when there is no such pool. */
  change(id: PoolId, change: (current: Pool) => Pool): Promise<Pool | undefined>;
  /** Removes the pool and everything in it: clients, users, groups, keys, codes, tokens, messages. */
  delete(id: PoolId): Promise<boolean>;
  /** Pools of a region, oldest first. `limit` >= 1. */
  list(region: string, limit: number, after?: PoolListKey): Promise<Page<Pool, PoolListKey>>;
  /** Regions in which there are pools, by name; at most `limit`. */
  regions(limit: number): Promise<readonly string[]>;
  /** How many users the pool has; kept by the user store, exact once its transactions are done. */
  userCount(id: PoolId): Promise<number>;
}
