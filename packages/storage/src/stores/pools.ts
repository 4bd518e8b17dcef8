import type { Pool, PoolId, PoolListKey, PoolStore, Page } from '@poolhouse/core';
import type { RecordCache } from '../record-cache.ts';
import type { Sql } from '../sql.ts';
import { pageOf } from './page-of.ts';

interface PoolRow {
  readonly id: string;
  readonly region: string;
  readonly name: string;
  readonly settings: string;
  readonly allows_srp: number;
  readonly created_at_ms: number;
  readonly modified_at_ms: number;
}

const columns = 'id, region, name, settings, allows_srp, created_at_ms, modified_at_ms';
const selectById = `SELECT ${columns} FROM pools WHERE id = ?`;
/** Users removed by one statement: a statement that takes seconds is ended by PostgreSQL's time limit. */
const usersPerStatement = 5_000;

/** Hear of committed writes. */
export interface PoolListeners {
  changed(id: PoolId): void;
  deleted(id: PoolId): void;
}

/** User pools in SQL. `cache` is absent inside transactions; `written` hears of every committed write. */
export class SqlPools implements PoolStore {
  readonly #sql: Sql;
  readonly #cache: RecordCache<Pool> | undefined;
  readonly #written: PoolListeners;

  constructor(sql: Sql, cache: RecordCache<Pool> | undefined, written: PoolListeners) {
    this.#sql = sql;
    this.#cache = cache;
    this.#written = written;
  }

  async createIfAbsent(pool: Pool): Promise<boolean> {
    const inserted = await this.#sql.run(
      `INSERT INTO pools (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      [
        pool.id,
        pool.region,
        pool.name,
        JSON.stringify(pool.settings),
        pool.allowsSrp ? 1 : 0,
        pool.createdAtMs,
        pool.modifiedAtMs,
      ],
    );
    return inserted === 1;
  }

  async get(id: PoolId): Promise<Pool | undefined> {
    const load = async (): Promise<Pool | undefined> => {
      const row = await this.#sql.one<PoolRow>(selectById, [id]);
      return row && fromRow(row);
    };
    return this.#cache === undefined ? load() : this.#cache.get(id, load);
  }

  async change(id: PoolId, change: (current: Pool) => Pool): Promise<Pool | undefined> {
    return this.#sql.transaction(async (tx) => {
      const row = await tx.one<PoolRow>(selectById + tx.dialect.forUpdate, [id]);
      if (row === undefined) return undefined;
      const current = fromRow(row);
      const { region, createdAtMs } = current;
      const pool: Pool = { ...change(current), id, region, createdAtMs };
      await tx.run(
        'UPDATE pools SET name = ?, settings = ?, allows_srp = ?, modified_at_ms = ? WHERE id = ?',
        [pool.name, JSON.stringify(pool.settings), pool.allowsSrp ? 1 : 0, pool.modifiedAtMs, id],
      );
      tx.afterCommit(() => this.#written.changed(id));
      return pool;
    });
  }

  async delete(id: PoolId): Promise<boolean> {
    return this.#sql.transaction(async (tx) => {
      if ((await tx.one(selectById + tx.dialect.forUpdate, [id])) === undefined) return false;
      const someUsers = `DELETE FROM users WHERE pool_id = ? AND sub IN
        (SELECT sub FROM users WHERE pool_id = ? ORDER BY sub LIMIT ${usersPerStatement})`;
      while ((await tx.run(someUsers, [id, id])) === usersPerStatement);
      for (const table of ['sign_in_names', 'limits'])
        await tx.run(`DELETE FROM ${table} WHERE pool_id = ?`, [id]);
      await tx.run('DELETE FROM data_keys WHERE owner = ?', [id]);
      // All other tables refer to the pool and go with it.
      await tx.run('DELETE FROM pools WHERE id = ?', [id]);
      tx.afterCommit(() => this.#written.deleted(id));
      return true;
    });
  }

  async list(region: string, limit: number, after?: PoolListKey): Promise<Page<Pool, PoolListKey>> {
    const rows = await this.#sql.all<PoolRow>(
      `SELECT ${columns} FROM pools WHERE region = ? AND (created_at_ms, id) > (?, ?)
        ORDER BY created_at_ms, id LIMIT ?`,
      [region, after?.createdAtMs ?? -1, after?.id ?? '', limit + 1],
    );
    return pageOf(rows, limit, fromRow, (row) => ({
      createdAtMs: row.created_at_ms,
      id: row.id as PoolId,
    }));
  }

  async regions(limit: number): Promise<readonly string[]> {
    const rows = await this.#sql.all<{ readonly region: string }>(
      'SELECT DISTINCT region FROM pools ORDER BY region LIMIT ?',
      [limit],
    );
    return rows.map(({ region }) => region);
  }

  async userCount(id: PoolId): Promise<number> {
    const row = await this.#sql.one<{ readonly users: number }>(
      'SELECT CAST(COALESCE(SUM(users), 0) AS bigint) AS users FROM user_counts WHERE pool_id = ?',
      [id],
    );
    return row?.users ?? 0;
  }
}

function fromRow(row: PoolRow): Pool {
  return {
    id: row.id as PoolId,
    region: row.region,
    name: row.name,
    settings: JSON.parse(row.settings) as Pool['settings'],
    allowsSrp: row.allows_srp === 1,
    createdAtMs: row.created_at_ms,
    modifiedAtMs: row.modified_at_ms,
  };
}
