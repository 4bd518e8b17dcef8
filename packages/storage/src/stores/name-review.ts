import type {
  NameReviewStore,
  PoolId,
  PoolToReview,
  ReviewedUser,
  Sub,
  UserRef,
} from '@poolhouse/core';
import { nameKeys } from '../migrations/0005-name-keys.ts';
import { BIRTH } from '../migrations/migrate.ts';
import type { Sql } from '../sql/sql.ts';
import {
  isSearchable,
  reviewColumns,
  reviewedUser,
  searchUpdate,
  userColumns,
  users,
  type ReviewRow,
  type UserRow,
} from './users/user-row.ts';

/** Excludes every pool of a database to which only builds with today's name keys have written. */
const ofAnOlderBuild = `AND NOT EXISTS
  (SELECT 1 FROM schema_needs WHERE version = ${BIRTH} AND needs >= ${nameKeys.version})`;

/** The review of names in SQL. */
export class SqlNameReview implements NameReviewStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  unfinishedPools(): Promise<readonly PoolToReview[]> {
    return this.#pools('names_keyed_at_ms IS NULL', []);
  }

  poolsDoneSince(sinceMs: number): Promise<readonly PoolToReview[]> {
    return this.#pools('names_keyed_at_ms >= ?', [sinceMs]);
  }

  async slice({ poolId, after }: PoolToReview, limit: number): Promise<readonly ReviewedUser[]> {
    const rows = await this.#sql.all<ReviewRow>(
      `SELECT ${reviewColumns} FROM users u WHERE u.pool_id = ? AND u.sub > ? ORDER BY u.sub LIMIT ?`,
      [poolId, after ?? '', limit],
    );
    return rows.map((row) => {
      const user = reviewedUser(row);
      return { user, isSearchable: isSearchable(row, user) };
    });
  }

  async makeSearchable({ poolId, sub }: UserRef): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      const row = await tx.one<UserRow>(
        `SELECT ${userColumns} FROM users u WHERE u.pool_id = ? AND u.sub = ?${tx.dialect.forUpdate}`,
        [poolId, sub],
      );
      if (row === undefined) return;
      const { text, params } = searchUpdate(users.record(row));
      await tx.run(text, params);
    });
  }

  async note(
    pool: PoolToReview | { readonly poolId: PoolId; readonly doneAtMs: number },
  ): Promise<void> {
    const [doneAtMs, after] =
      'doneAtMs' in pool ? [pool.doneAtMs, null] : [null, pool.after ?? null];
    await this.#sql.run('UPDATE pools SET names_keyed_at_ms = ?, names_keyed_to = ? WHERE id = ?', [
      doneAtMs,
      after,
      pool.poolId,
    ]);
  }

  async yielding(limit: number, after?: UserRef): Promise<readonly UserRef[]> {
    const rows = await this.#sql.all<Pick<UserRow, 'pool_id' | 'sub'>>(
      `SELECT pool_id, sub FROM users WHERE yielded_names IS NOT NULL AND (pool_id, sub) > (?, ?)
        ORDER BY pool_id, sub LIMIT ?`,
      [after?.poolId ?? '', after?.sub ?? '', limit],
    );
    return rows.map((row) => ({ poolId: row.pool_id, sub: row.sub }));
  }

  async #pools(condition: string, params: readonly number[]): Promise<readonly PoolToReview[]> {
    const rows = await this.#sql.all<{
      readonly id: PoolId;
      readonly names_keyed_to: Sub | null;
    }>(
      `SELECT id, names_keyed_to FROM pools WHERE ${condition} AND deleted_at_ms IS NULL ${ofAnOlderBuild} ORDER BY id`,
      params,
    );
    return rows.map(({ id, names_keyed_to }) => ({
      poolId: id,
      ...(names_keyed_to === null ? {} : { after: names_keyed_to }),
    }));
  }
}
