import type { PoolId, UserSecrets } from '@poolhouse/core';
import type { Sql } from '../../sql/sql.ts';
import { resealRows } from '../records/reseal-rows.ts';
import { nextStretch } from './user-walk.ts';
import { userSecrets } from './user-row.ts';
import type { RowOf } from '../../sql/columns.ts';

/**
 * Replaces the secrets of the next `limit` users of a pool, in the caller's transaction, with one read and few writes however many they are.
 * Returns where to continue, or `undefined` at the end.
 */
export async function resealUsers(
  tx: Sql,
  [poolId, limit, after]: readonly [poolId: PoolId, limit: number, after: string],
  reseal: (secrets: UserSecrets) => UserSecrets,
): Promise<string | undefined> {
  const { where, params, next } = await nextStretch(tx, poolId, limit, after);
  const rows = await tx.all<RowOf<typeof userSecrets>>(
    `SELECT ${userSecrets.select()} FROM users WHERE ${where}
      ORDER BY sub${tx.dialect.forUpdate}`,
    params,
  );
  await resealRows(
    tx,
    rows,
    userSecrets,
    reseal,
    (fresh) => `WITH fresh (sub, password, srp, history, token, next_token) AS (${fresh})
      UPDATE users SET sealed_password = fresh.password, sealed_srp = fresh.srp, sealed_history = fresh.history,
        sealed_software_token = fresh.token, sealed_next_software_token = fresh.next_token
      FROM fresh WHERE users.sub = fresh.sub AND users.pool_id = ?`,
    [poolId],
  );
  return next;
}
