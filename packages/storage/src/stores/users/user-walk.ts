import type { PoolId } from '@poolhouse/core';
import type { Sql, SqlValue } from '../../sql/sql.ts';
import { lastText } from '../records/search-text.ts';

/** The next users of a walk, as a condition on `users`, and where to continue; `undefined` at the end. */
export interface Stretch {
  readonly where: string;
  readonly params: readonly SqlValue[];
  readonly next: string | undefined;
}

/**
 * Where a walk that writes all users of a pool continues, at most `limit` users at a time; `after` is empty at the beginning. SQLite stores
 * rows in order of arrival. Writing them in that order writes each page once, rather than once for each of its users at different times,
 * which would keep the disk busy for everybody. There, a stretch covers rows of all pools. PostgreSQL has an index by `sub`.
 */
export async function nextStretch(
  tx: Sql,
  poolId: PoolId,
  limit: number,
  after: string,
): Promise<Stretch> {
  if (tx.dialect.name === 'sqlite') {
    const from = Number(after) || 0;
    const end = await tx.one<{ readonly user_no: number }>(
      'SELECT user_no FROM users WHERE user_no > ? ORDER BY user_no LIMIT 1 OFFSET ?',
      [from, limit - 1],
    );
    return {
      // The sign keeps the planner from using the indexes by pool.
      where: '+pool_id = ? AND user_no > ? AND user_no <= ?',
      params: [poolId, from, end?.user_no ?? Number.MAX_SAFE_INTEGER],
      next: end && String(end.user_no),
    };
  }
  const end = await tx.one<{ readonly sub: string }>(
    'SELECT sub FROM users WHERE pool_id = ? AND sub > ? ORDER BY sub LIMIT 1 OFFSET ?',
    [poolId, after, limit - 1],
  );
  return {
    where: 'pool_id = ? AND sub > ? AND sub <= ?',
    params: [poolId, after, end?.sub ?? lastText],
    next: end?.sub,
  };
}
