import type { PoolId } from '../../domain/ids.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import type { Page } from './page.ts';

/** Where a list of pools continues: creation time, then id. */
export interface PoolListKey {
  readonly createdAtMs: number;
  readonly id: PoolId;
}

/** The state of a deletion: rows may be left, only the record is left until no node has it in memory, or everything is gone. */
export type DeletionStep = 'rows' | 'record' | 'gone';

/** The name of the job that carries out the deletion of a pool. */
export const deletionOfPool = (id: PoolId): string => `delete-pool ${id}`;

/** User pools. Reads may be at most one second old where several nodes share a database. */
export interface PoolStore {
  /** Inserts the pool unless its id is taken. */
  createIfAbsent(pool: Pool): Promise<boolean>;
  get(id: PoolId): Promise<Pool | undefined>;
  /** In a transaction: keeps the pool until its end; throws PoolGoneError if it is gone. A deletion waits. */
  keep(id: PoolId): Promise<void>;
  /** Applies `change` to the current record under a lock. `undefined` if there is no such pool. */
  change(id: PoolId, change: (current: Pool) => Pool): Promise<Pool | undefined>;
  /**
   * Removes the pool for everybody, on every node: its keys are deleted, so that nothing sealed in it can be opened any more, its users and
   * tokens are absent, and adding to it throws PoolGoneError. The job that this adds, {@link deletionOfPool}, removes the rest; until then
   * the id stays taken.
   */
  delete(id: PoolId, nowMs: number): Promise<boolean>;
  /** Removes at most `limit` rows of a deleted pool, and its record once there are none. */
  carryOutDeletion(id: PoolId, limit: number, nowMs: number): Promise<DeletionStep>;
  /** Pools of a region, oldest first. `limit` >= 1. */
  list(region: string, limit: number, after?: PoolListKey): Promise<Page<Pool, PoolListKey>>;
  /** Regions in which there are pools, by name; at most `limit`. */
  regions(limit: number): Promise<readonly string[]>;
  /** How many users the pool has; maintained by the user store, and exact once its transactions are done. */
  userCount(id: PoolId): Promise<number>;
}
