import type { PoolId } from '@poolhouse/core';
import type { Sql, SqlValue } from '../sql.ts';
import { lastText } from './search-text.ts';

/** The next users of a walk, as a condition on `users`, and where it goes on; `undefined` at the end. */
export interface Stretch {
  readonly where: string;
  readonly params: readonly SqlValue[];
  readonly next: string | undefined;
}

/**
 * Where a walk that writes all users of a pool goes on, at most `limit` users at a time; `after` is empty at the beginning. SQLite's
 * rows lie in the order of their arrival: written in that order, each page of them is written once, and not once for each of its
 * users at other times, which keeps a disk busy for everybody. Its stretches are of the rows of all pools. PostgreSQL has an index by `sub`.
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
      // The sign keeps the planner from the indexes by pool.
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
