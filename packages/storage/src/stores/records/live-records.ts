import { PoolGoneError, type PoolId } from '@poolhouse/core';
import type { Sql } from '../../sql/sql.ts';

/** Ends a WHERE: the pool that a column names is not being deleted. Costs a look-up in an index that is nearly always empty. */
export const inLivePool = (column: string): string =>
  `AND NOT EXISTS (SELECT 1 FROM pools gone WHERE gone.id = ${column} AND gone.deleted_at_ms IS NOT NULL)`;

/** The same for an app client. */
export const ofLiveClient = (column: string): string =>
  `AND NOT EXISTS (SELECT 1 FROM clients gone WHERE gone.id = ${column} AND gone.deleted_at_ms IS NOT NULL)`;

/** In a transaction: whether the pool exists; if so, it stays until the end. Whoever deletes a pool waits for those who hold it. */
export async function lockPool(tx: Sql, poolId: PoolId): Promise<boolean> {
  const found = await tx.one(
    `SELECT id FROM pools WHERE id = ? AND deleted_at_ms IS NULL${tx.dialect.forKeyShare}`,
    [poolId],
  );
  return found !== undefined;
}

/** The same for those who add to the pool: throws PoolGoneError if it does not exist. */
export async function keepPool(tx: Sql, poolId: PoolId): Promise<void> {
  if (!(await lockPool(tx, poolId))) throw new PoolGoneError(poolId);
}
