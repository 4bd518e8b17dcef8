import { PoolGoneError, type Page, type PoolId } from '@poolhouse/core';
import type { Sql, SqlValue } from '../../sql/sql.ts';
import { pageOf } from './page-of.ts';

/** What {@link NamedRecords} needs to know of a kind of record. */
export interface NamedKind<Whole, Row> {
  readonly table: string;
  /** The column of the name. */
  readonly key: string & keyof Row;
  readonly records: {
    readonly insert: string;
    values(record: Whole): SqlValue[];
    select(): string;
    record(row: Row): Whole;
  };
  /** The columns that a change may write. */
  readonly changeable: { readonly set: string; values(record: Whole): SqlValue[] };
  /** The members that a change keeps. */
  kept(record: Whole): Partial<Whole>;
}

/** Records that a pool has a few hundred of at most, each by a name of its own. */
export class NamedRecords<Whole extends { readonly poolId: PoolId }, Row extends object> {
  readonly #sql: Sql;
  readonly #kind: NamedKind<Whole, Row>;
  readonly #selectByName: string;

  constructor(sql: Sql, kind: NamedKind<Whole, Row>) {
    this.#sql = sql;
    this.#kind = kind;
    this.#selectByName = `SELECT ${kind.records.select()} FROM ${kind.table} WHERE pool_id = ? AND ${kind.key} = ?`;
  }

  /** Adds the record unless its name is taken in the pool, or the pool has `most`. Whoever adds another one to the pool waits. */
  add(record: Whole, most: number): Promise<'added' | 'taken' | 'full'> {
    const { table, key, records } = this.#kind;
    return this.#sql.transaction(async (tx) => {
      await holdPoolForAdding(tx, record.poolId);
      const found = await tx.one<{ readonly found: number }>(
        `SELECT count(*) AS found FROM ${table} WHERE pool_id = ?`,
        [record.poolId],
      );
      if ((found?.found ?? 0) >= most) return 'full';
      const inserted = await tx.run(
        `${records.insert} ON CONFLICT (pool_id, ${key}) DO NOTHING`,
        records.values(record),
      );
      return inserted === 1 ? 'added' : 'taken';
    });
  }

  /** The record of this name. */
  async get(poolId: PoolId, name: string): Promise<Whole | undefined> {
    const row = await this.#sql.one<Row>(this.#selectByName, [poolId, name]);
    return row && this.#kind.records.record(row);
  }

  /** Applies `change` to the current record under a lock. */
  change(
    poolId: PoolId,
    name: string,
    change: (current: Whole) => Whole,
  ): Promise<Whole | undefined> {
    const { table, key, records, changeable, kept } = this.#kind;
    return this.#sql.transaction(async (tx) => {
      const row = await tx.one<Row>(this.#selectByName + tx.dialect.forUpdate, [poolId, name]);
      if (row === undefined) return undefined;
      const current = records.record(row);
      const record = { ...change(current), ...kept(current) };
      await tx.run(`UPDATE ${table} SET ${changeable.set} WHERE pool_id = ? AND ${key} = ?`, [
        ...changeable.values(record),
        poolId,
        name,
      ]);
      return record;
    });
  }

  /** Removes the record. */
  async delete(poolId: PoolId, name: string): Promise<boolean> {
    const { table, key } = this.#kind;
    const deleted = await this.#sql.run(`DELETE FROM ${table} WHERE pool_id = ? AND ${key} = ?`, [
      poolId,
      name,
    ]);
    return deleted === 1;
  }

  /** The pool's records by name. */
  async list(poolId: PoolId, limit: number, after?: string): Promise<Page<Whole, string>> {
    const { table, key, records } = this.#kind;
    const rows = await this.#sql.all<Row>(
      `SELECT ${records.select()} FROM ${table} WHERE pool_id = ? AND ${key} > ? ORDER BY ${key} LIMIT ?`,
      [poolId, after ?? '', limit + 1],
    );
    return pageOf(rows, limit, records.record, (row) => String(row[key]));
  }
}

/** In a transaction: whether the pool exists; if so, whoever else adds to it or writes to what is held so waits. */
export async function holdPool(tx: Sql, poolId: PoolId): Promise<boolean> {
  const pool = await tx.one(
    `SELECT id FROM pools WHERE id = ? AND deleted_at_ms IS NULL${tx.dialect.forUpdate}`,
    [poolId],
  );
  return pool !== undefined;
}

/** The same for those who add to the pool: throws PoolGoneError if it does not exist. */
export async function holdPoolForAdding(tx: Sql, poolId: PoolId): Promise<void> {
  if (!(await holdPool(tx, poolId))) throw new PoolGoneError(poolId);
}
