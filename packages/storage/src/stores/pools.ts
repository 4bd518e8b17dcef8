import { deletionOfPool } from '@poolhouse/core';
import type {
  ConfigurationKind,
  ConfigurationValues,
  DeletionStep,
  Page,
  Pool,
  PoolId,
  PoolListKey,
  PoolStore,
} from '@poolhouse/core';
import type { RecordCache } from './records/record-cache.ts';
import { flag, json, recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';
import { addDeletion } from './jobs.ts';
import { keepPool } from './records/live-records.ts';
import { pageOf } from './records/page-of.ts';
import { removeRemainsOfPool } from './records/remains.ts';

type StoredPool = Omit<Pool, 'sessionsPerUser' | 'importedPasswords'>;

const { member, table } = recordsOf<StoredPool>();

const pools = table('pools', {
  id: member('id'),
  region: member('region'),
  name: member('name'),
  settings: member('settings', json()),
  allows_srp: member('allowsSrp', flag),
  created_at_ms: member('createdAtMs'),
  modified_at_ms: member('modifiedAtMs'),
});
const changeable = pools.only('name', 'settings', 'allows_srp', 'modified_at_ms');

type PoolRow = RowOf<typeof pools> & {
  readonly session_configuration: string | null;
  readonly imported_passwords: string | null;
};

const configuration = (kind: ConfigurationKind) =>
  `(SELECT c.value FROM pool_configurations c WHERE c.pool_id = pools.id AND c.client_id = '' AND c.kind = '${kind}')`;
/** What every sign-in needs of the pool's configurations is read with it, so that none has to ask for it. */
const selection = `${pools.select()}, ${configuration('sessions')} AS session_configuration,
  ${configuration('imported-passwords')} AS imported_passwords`;
const selectById = `SELECT ${selection} FROM pools WHERE id = ? AND deleted_at_ms IS NULL`;

function poolOf(row: PoolRow): Pool {
  const pool: Pool = {
    ...pools.record(row),
    ...(row.imported_passwords !== null && {
      importedPasswords: JSON.parse(
        row.imported_passwords,
      ) as ConfigurationValues['imported-passwords'],
    }),
  };
  if (row.session_configuration === null) return pool;
  const { UserSessionTracking, TokenSession } = JSON.parse(
    row.session_configuration,
  ) as ConfigurationValues['sessions'];
  return UserSessionTracking === 'ENABLED'
    ? { ...pool, sessionsPerUser: TokenSession.MaxPerUser }
    : pool;
}

/** Listeners for committed writes. */
export interface PoolListeners {
  changed(id: PoolId): void;
  deleted(id: PoolId): void;
}

/** Where pools are cached, and who listens for writes. */
export interface PoolMemory {
  /** Absent inside transactions. */
  readonly cache: RecordCache<Pool> | undefined;
  readonly written: PoolListeners;
  /** How long a record outlives its deletion, in milliseconds: longer than any node may have it in memory. */
  readonly recordStaysMs: number;
}

/** User pools in SQL. */
export class SqlPools implements PoolStore {
  readonly #sql: Sql;
  readonly #cache: RecordCache<Pool> | undefined;
  readonly #written: PoolListeners;
  readonly #recordStaysMs: number;

  constructor(sql: Sql, { cache, written, recordStaysMs }: PoolMemory) {
    this.#sql = sql;
    this.#cache = cache;
    this.#written = written;
    this.#recordStaysMs = recordStaysMs;
  }

  async createIfAbsent(pool: Pool): Promise<boolean> {
    const inserted = await this.#sql.run(
      `${pools.insert} ON CONFLICT (id) DO NOTHING`,
      pools.values(pool),
    );
    return inserted === 1;
  }

  async get(id: PoolId): Promise<Pool | undefined> {
    const load = async (): Promise<Pool | undefined> => {
      const row = await this.#sql.one<PoolRow>(selectById, [id]);
      return row && poolOf(row);
    };
    return this.#cache === undefined ? load() : this.#cache.get(id, load);
  }

  async change(id: PoolId, change: (current: Pool) => Pool): Promise<Pool | undefined> {
    return this.#sql.transaction(async (tx) => {
      const row = await tx.one<PoolRow>(selectById + tx.dialect.forUpdate, [id]);
      if (row === undefined) return undefined;
      const current = poolOf(row);
      const { region, createdAtMs } = current;
      const pool: Pool = { ...change(current), id, region, createdAtMs };
      await tx.run(`UPDATE pools SET ${changeable.set} WHERE id = ?`, [
        ...changeable.values(pool),
        id,
      ]);
      tx.afterCommit(() => this.#written.changed(id));
      return pool;
    });
  }

  keep(id: PoolId): Promise<void> {
    return keepPool(this.#sql, id);
  }

  async delete(id: PoolId, nowMs: number): Promise<boolean> {
    return this.#sql.transaction(async (tx) => {
      // Waits for those who are just adding to the pool; whoever comes later finds the mark.
      const row = await tx.one<PoolRow>(selectById + tx.dialect.forUpdateKey, [id]);
      if (row === undefined) return false;
      await tx.run('UPDATE pools SET deleted_at_ms = ? WHERE id = ?', [nowMs, id]);
      // First of all: without its keys, nothing of what is left can be opened.
      await tx.run('DELETE FROM data_keys WHERE owner = ?', [id]);
      await tx.run('DELETE FROM signing_keys WHERE pool_id = ?', [id]);
      await addDeletion(
        tx,
        { id: deletionOfPool(id), kind: 'delete-pool', poolId: id, subject: '' },
        nowMs,
      );
      tx.afterCommit(() => this.#written.deleted(id));
      return true;
    });
  }

  async carryOutDeletion(id: PoolId, limit: number, nowMs: number): Promise<DeletionStep> {
    return this.#sql.transaction(async (tx) => {
      const marked = await tx.one<{ readonly deleted_at_ms: number }>(
        `SELECT deleted_at_ms FROM pools WHERE id = ? AND deleted_at_ms IS NOT NULL${tx.dialect.forUpdateKey}`,
        [id],
      );
      if (marked === undefined) return 'gone';
      if (await removeRemainsOfPool(tx, id, limit)) return 'rows';
      // A node that still has the pool in memory must not find another one under its id.
      if (nowMs < marked.deleted_at_ms + this.#recordStaysMs) return 'record';
      await tx.run('DELETE FROM pools WHERE id = ?', [id]);
      // Other jobs on it: another pool may get its id at once.
      await tx.run('DELETE FROM jobs WHERE pool_id = ? AND id <> ?', [id, deletionOfPool(id)]);
      return 'gone';
    });
  }

  async list(region: string, limit: number, after?: PoolListKey): Promise<Page<Pool, PoolListKey>> {
    const rows = await this.#sql.all<PoolRow>(
      `SELECT ${selection} FROM pools WHERE region = ? AND (created_at_ms, id) > (?, ?) AND deleted_at_ms IS NULL
        ORDER BY created_at_ms, id LIMIT ?`,
      [region, after?.createdAtMs ?? -1, after?.id ?? '', limit + 1],
    );
    return pageOf(rows, limit, poolOf, (row) => ({
      createdAtMs: row.created_at_ms,
      id: row.id,
    }));
  }

  async regions(limit: number): Promise<readonly string[]> {
    const rows = await this.#sql.all<{ readonly region: string }>(
      'SELECT DISTINCT region FROM pools WHERE deleted_at_ms IS NULL ORDER BY region LIMIT ?',
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
