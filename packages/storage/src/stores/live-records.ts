import { PoolGoneError, type PoolId } from '@poolhouse/core';
import type { Sql } from '../sql.ts';

/** Ends a WHERE: the pool that a column names is not being deleted. Costs a look into an index that is nearly always empty. */
export const inLivePool = (column: string): string =>
  `AND NOT EXISTS (SELECT 1 FROM pools gone WHERE gone.id = ${column} AND gone.deleted_at_ms IS NOT NULL)`;

/** The same of an app client. */
export const ofLiveClient = (column: string): string =>
  `AND NOT EXISTS (SELECT 1 FROM clients gone WHERE gone.id = ${column} AND gone.deleted_at_ms IS NOT NULL)`;

/** In a transaction: the pool stays until its end, or PoolGoneError. Whoever deletes a pool waits for those who add to it. */
export async function keepPool(tx: Sql, poolId: PoolId): Promise<void> {
  const found = await tx.one(
    `SELECT id FROM pools WHERE id = ? AND deleted_at_ms IS NULL${tx.dialect.forKeyShare}`,
    [poolId],
  );
  if (found === undefined) throw new PoolGoneError(poolId);
}
