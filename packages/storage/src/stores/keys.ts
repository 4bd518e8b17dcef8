import type {
  DataKeyStore,
  PoolId,
  SigningKeyStore,
  StoredSigningKey,
  WrappedDataKey,
} from '@poolhouse/core';
import { recordsOf, type RowOf } from '../sql/columns.ts';
import type { RecordCache } from './records/record-cache.ts';
import type { Sql, SqlValue } from '../sql/sql.ts';

const ofDataKeys = recordsOf<WrappedDataKey>();
const ofSigningKeys = recordsOf<StoredSigningKey>();

const dataKeys = ofDataKeys.table('data_keys', {
  owner: ofDataKeys.member('owner'),
  version: ofDataKeys.member('version'),
  wrapped: ofDataKeys.member('wrapped'),
  created_at_ms: ofDataKeys.member('createdAtMs'),
});

const signingKeys = ofSigningKeys.table('signing_keys', {
  pool_id: ofSigningKeys.member('poolId'),
  kid: ofSigningKeys.member('kid'),
  key_use: ofSigningKeys.member('use'),
  public_jwk: ofSigningKeys.member('publicJwk'),
  sealed_private: ofSigningKeys.member('sealedPrivate'),
  created_at_ms: ofSigningKeys.member('createdAtMs'),
});

/** The data key in a row of its table, whose columns may be in any order. */
export function dataKeyOf(columns: readonly string[], row: readonly SqlValue[]): WrappedDataKey {
  const values = Object.fromEntries(columns.map((column, index) => [column, row[index]]));
  return dataKeys.record(values as RowOf<typeof dataKeys>);
}

/** How a store of keys caches them, by owner. */
export interface KeyMemory<Key> {
  readonly cache: RecordCache<readonly Key[]>;
  /** Whether the store belongs to a transaction: what that reads may never be committed, so it is not cached. */
  readonly inTransaction: boolean;
}

/** Wrapped data keys in SQL. */
export class SqlDataKeys implements DataKeyStore {
  readonly #sql: Sql;
  readonly #memory: KeyMemory<WrappedDataKey>;
  #wrote = false;

  constructor(sql: Sql, memory: KeyMemory<WrappedDataKey>) {
    this.#sql = sql;
    this.#memory = memory;
  }

  async createIfAbsent(key: WrappedDataKey): Promise<boolean> {
    const inserted = await this.#sql.run(
      `${dataKeys.insert} ON CONFLICT (owner, version) DO NOTHING`,
      dataKeys.values(key),
    );
    this.#written(key.owner);
    return inserted === 1;
  }

  async of(owner: string): Promise<readonly WrappedDataKey[]> {
    const load = async () => {
      const rows = await this.#sql.all<RowOf<typeof dataKeys>>(
        `SELECT ${dataKeys.select()} FROM data_keys WHERE owner = ? ORDER BY version DESC`,
        [owner],
      );
      return rows.length === 0 ? undefined : rows.map(dataKeys.record);
    };
    const { cache, inTransaction } = this.#memory;
    if (!inTransaction) return (await cache.get(owner, load)) ?? [];
    // Keys hardly ever change, and every transaction that sends a code needs one, so memory is good enough there too.
    return (this.#wrote ? undefined : cache.peek(owner)) ?? (await load()) ?? [];
  }

  async rewrap(owner: string, version: number, wrapped: string): Promise<boolean> {
    const changed = await this.#sql.run(
      'UPDATE data_keys SET wrapped = ? WHERE owner = ? AND version = ?',
      [wrapped, owner, version],
    );
    this.#written(owner);
    return changed === 1;
  }

  async list(limit: number, after?: readonly [string, number]): Promise<readonly WrappedDataKey[]> {
    const rows = await this.#sql.all<RowOf<typeof dataKeys>>(
      `SELECT ${dataKeys.select()} FROM data_keys WHERE (owner, version) > (?, ?) ORDER BY owner, version LIMIT ?`,
      [after?.[0] ?? '', after?.[1] ?? 0, limit],
    );
    return rows.map(dataKeys.record);
  }

  #written(owner: string): void {
    this.#wrote = true;
    this.#sql.afterCommit(() => this.#memory.cache.forget(owner));
  }
}

/** Token signing keys in SQL. */
export class SqlSigningKeys implements SigningKeyStore {
  readonly #sql: Sql;
  readonly #memory: KeyMemory<StoredSigningKey>;

  constructor(sql: Sql, memory: KeyMemory<StoredSigningKey>) {
    this.#sql = sql;
    this.#memory = memory;
  }

  createIfAbsent(key: StoredSigningKey): Promise<boolean> {
    return this.#write(
      key.poolId,
      `${signingKeys.insert} ON CONFLICT (pool_id, kid) DO NOTHING`,
      signingKeys.values(key),
    );
  }

  async of(poolId: PoolId): Promise<readonly StoredSigningKey[]> {
    const load = async () => {
      const rows = await this.#sql.all<RowOf<typeof signingKeys>>(
        `SELECT ${signingKeys.select()} FROM signing_keys WHERE pool_id = ? ORDER BY created_at_ms, kid`,
        [poolId],
      );
      return rows.length === 0 ? undefined : rows.map(signingKeys.record);
    };
    const { cache, inTransaction } = this.#memory;
    return (await (inTransaction ? load() : cache.get(poolId, load))) ?? [];
  }

  reseal(poolId: PoolId, kid: string, sealedPrivate: string): Promise<boolean> {
    return this.#write(
      poolId,
      'UPDATE signing_keys SET sealed_private = ? WHERE pool_id = ? AND kid = ?',
      [sealedPrivate, poolId, kid],
    );
  }

  delete(poolId: PoolId, kid: string): Promise<boolean> {
    return this.#write(poolId, 'DELETE FROM signing_keys WHERE pool_id = ? AND kid = ?', [
      poolId,
      kid,
    ]);
  }

  /** Writes one row, and makes the pool's keys be read again. */
  async #write(poolId: PoolId, text: string, params: readonly SqlValue[]): Promise<boolean> {
    const written = await this.#sql.run(text, params);
    this.#sql.afterCommit(() => this.#memory.cache.forget(poolId));
    return written === 1;
  }
}
