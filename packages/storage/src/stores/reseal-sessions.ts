import type { PoolId, SessionSecrets } from '@poolhouse/core';
import { recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';
import { resealRows } from './records/reseal-rows.ts';

const { member, table } = recordsOf<SessionSecrets>();
const secretsOfSession = table('token_families', {
  id: member('id'),
  sealed_last_use: member('sealedLastUse'),
});

/**
 * Replaces the sealed values of the next sessions of a pool, in the caller's transaction, with one read and few writes. Walks the sessions
 * of all pools, those that end last first. That is nearly the reverse order of their starts, so neighbouring rows are written together; and
 * sessions that start meanwhile are behind it, so the walk ends. Each stretch has `limit` sessions, and those that end in the same
 * millisecond as its last one. Returns where to continue, or `undefined` at the end.
 */
export async function resealSessions(
  tx: Sql,
  [poolId, limit, after]: readonly [poolId: PoolId, limit: number, after: string],
  reseal: (secrets: SessionSecrets) => SessionSecrets,
): Promise<string | undefined> {
  const from = Number(after) || Number.MAX_SAFE_INTEGER;
  const end = await tx.one<{ readonly expires_at_ms: number }>(
    'SELECT expires_at_ms FROM token_families WHERE expires_at_ms < ? ORDER BY expires_at_ms DESC LIMIT 1 OFFSET ?',
    [from, limit - 1],
  );
  // Concatenating a text to the pool's id keeps planners from using the indexes by pool.
  const rows = await tx.all<RowOf<typeof secretsOfSession>>(
    `SELECT ${secretsOfSession.select()} FROM token_families WHERE expires_at_ms < ? AND expires_at_ms >= ?
      AND pool_id || '' = ? AND sealed_last_use IS NOT NULL ORDER BY expires_at_ms DESC${tx.dialect.forUpdate}`,
    [from, end?.expires_at_ms ?? 0, poolId],
  );
  await resealRows(
    tx,
    rows,
    secretsOfSession,
    reseal,
    (fresh) => `WITH fresh (id, last_use) AS (${fresh})
      UPDATE token_families SET sealed_last_use = fresh.last_use FROM fresh WHERE token_families.id = fresh.id`,
  );
  return end && String(end.expires_at_ms);
}
