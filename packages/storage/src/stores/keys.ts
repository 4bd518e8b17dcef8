import type {
  DataKeyStore,
  PoolId,
  SigningKeyStore,
  StoredSigningKey,
  WrappedDataKey,
} from '@poolhouse/core';
import type { RecordCache } from '../record-cache.ts';
import type { Sql, SqlValue } from '../sql.ts';

interface DataKeyRow {
  readonly owner: string;
  readonly version: number;
  readonly wrapped: string;
  readonly created_at_ms: number;
}

const dataKeyColumns = 'owner, version, wrapped, created_at_ms';

/** What a store of keys remembers by owner, and how. */
export interface KeyMemory<Key> {
  readonly cache: RecordCache<readonly Key[]>;
  /** Whether the store stands in a transaction: what that reads may never be committed, so it is not kept. */
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
      `INSERT INTO data_keys (${dataKeyColumns}) VALUES (?, ?, ?, ?) ON CONFLICT (owner, version) DO NOTHING`,
      [key.owner, key.version, key.wrapped, key.createdAtMs],
    );
    this.#written(key.owner);
    return inserted === 1;
  }

  async of(owner: string): Promise<readonly WrappedDataKey[]> {
    const load = async () => {
      const rows = await this.#sql.all<DataKeyRow>(
        `SELECT ${dataKeyColumns} FROM data_keys WHERE owner = ? ORDER BY version DESC`,
        [owner],
      );
      return rows.length === 0 ? undefined : rows.map(dataKeyFromRow);
    };
    const { cache, inTransaction } = this.#memory;
    if (!inTransaction) return (await cache.get(owner, load)) ?? [];
    // Keys hardly change, and every transaction that sends a code needs one: memory is good enough there, too.
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
    const rows = await this.#sql.all<DataKeyRow>(
      `SELECT ${dataKeyColumns} FROM data_keys WHERE (owner, version) > (?, ?) ORDER BY owner, version LIMIT ?`,
      [after?.[0] ?? '', after?.[1] ?? 0, limit],
    );
    return rows.map(dataKeyFromRow);
  }

  #written(owner: string): void {
    this.#wrote = true;
    this.#sql.afterCommit(() => this.#memory.cache.forget(owner));
  }
}

function dataKeyFromRow(row: DataKeyRow): WrappedDataKey {
  return {
    owner: row.owner,
    version: row.version,
    wrapped: row.wrapped,
    createdAtMs: row.created_at_ms,
  };
}

interface SigningKeyRow {
  readonly pool_id: string;
  readonly kid: string;
  readonly key_use: string;
  readonly public_jwk: string;
  readonly sealed_private: string;
  readonly created_at_ms: number;
}

const signingKeyColumns = 'pool_id, kid, key_use, public_jwk, sealed_private, created_at_ms';

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
      `INSERT INTO signing_keys (${signingKeyColumns}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (pool_id, kid) DO NOTHING`,
      [key.poolId, key.kid, key.use, key.publicJwk, key.sealedPrivate, key.createdAtMs],
    );
  }

  async of(poolId: PoolId): Promise<readonly StoredSigningKey[]> {
    const load = async () => {
      const rows = await this.#sql.all<SigningKeyRow>(
        `SELECT ${signingKeyColumns} FROM signing_keys WHERE pool_id = ? ORDER BY created_at_ms, kid`,
        [poolId],
      );
      return rows.length === 0 ? undefined : rows.map(signingKeyFromRow);
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

  /** Writes one row, and has the keys of its pool read again. */
  async #write(poolId: PoolId, text: string, params: readonly SqlValue[]): Promise<boolean> {
    const written = await this.#sql.run(text, params);
    this.#sql.afterCommit(() => this.#memory.cache.forget(poolId));
    return written === 1;
  }
}

function signingKeyFromRow(row: SigningKeyRow): StoredSigningKey {
  return {
    poolId: row.pool_id as PoolId,
    use: row.key_use as StoredSigningKey['use'],
    kid: row.kid,
    publicJwk: row.public_jwk,
    sealedPrivate: row.sealed_private,
    createdAtMs: row.created_at_ms,
  };
}
