import { deletionOfClient } from '@poolhouse/core';
import type {
  Client,
  ClientId,
  ClientSecrets,
  ClientStore,
  DeletionStep,
  Page,
  PoolId,
} from '@poolhouse/core';
import type { RecordCache } from '../record-cache.ts';
import type { Sql } from '../sql.ts';
import { addDeletion } from './jobs.ts';
import { keepPool } from './live-records.ts';
import { pageOf } from './page-of.ts';
import { removeRemainsOfClient } from './remains.ts';

interface ClientRow {
  readonly id: string;
  readonly pool_id: string;
  readonly name: string;
  readonly settings: string;
  readonly secrets: string;
  readonly created_at_ms: number;
  readonly modified_at_ms: number;
}

type ListKey = readonly [name: string, id: string];

const columns = 'id, pool_id, name, settings, secrets, created_at_ms, modified_at_ms';
const selectById = `SELECT ${columns} FROM clients WHERE id = ? AND deleted_at_ms IS NULL`;

/** App clients in SQL. `cache` is absent inside transactions; `written` hears of every committed write. */
export class SqlClients implements ClientStore {
  readonly #sql: Sql;
  readonly #cache: RecordCache<Client> | undefined;
  readonly #written: (id: ClientId) => void;

  constructor(sql: Sql, cache: RecordCache<Client> | undefined, written: (id: ClientId) => void) {
    this.#sql = sql;
    this.#cache = cache;
    this.#written = written;
  }

  async createIfAbsent(client: Client): Promise<boolean> {
    return this.#sql.transaction(async (tx) => {
      await keepPool(tx, client.poolId);
      const inserted = await tx.run(
        `INSERT INTO clients (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
        [
          client.id,
          client.poolId,
          client.name,
          JSON.stringify(client.settings),
          JSON.stringify(client.secrets),
          client.createdAtMs,
          client.modifiedAtMs,
        ],
      );
      return inserted === 1;
    });
  }

  async get(id: ClientId): Promise<Client | undefined> {
    const load = async (): Promise<Client | undefined> => {
      const row = await this.#sql.one<ClientRow>(selectById, [id]);
      return row && fromRow(row);
    };
    return this.#cache === undefined ? load() : this.#cache.get(id, load);
  }

  async change(id: ClientId, change: (current: Client) => Client): Promise<Client | undefined> {
    return this.#sql.transaction(async (tx) => {
      const row = await tx.one<ClientRow>(selectById + tx.dialect.forUpdate, [id]);
      if (row === undefined) return undefined;
      const current = fromRow(row);
      const { poolId, createdAtMs } = current;
      const client: Client = { ...change(current), id, poolId, createdAtMs };
      await tx.run(
        'UPDATE clients SET name = ?, settings = ?, secrets = ?, modified_at_ms = ? WHERE id = ?',
        [
          client.name,
          JSON.stringify(client.settings),
          JSON.stringify(client.secrets),
          client.modifiedAtMs,
          id,
        ],
      );
      tx.afterCommit(() => this.#written(id));
      return client;
    });
  }

  async delete(id: ClientId, nowMs: number): Promise<boolean> {
    return this.#sql.transaction(async (tx) => {
      const row = await tx.one<ClientRow>(selectById + tx.dialect.forUpdate, [id]);
      if (row === undefined) return false;
      await tx.run('UPDATE clients SET deleted_at_ms = ? WHERE id = ?', [nowMs, id]);
      await addDeletion(
        tx,
        {
          id: deletionOfClient(id),
          kind: 'delete-client',
          poolId: row.pool_id as PoolId,
          subject: id,
        },
        nowMs,
      );
      tx.afterCommit(() => this.#written(id));
      return true;
    });
  }

  async carryOutDeletion(id: ClientId, limit: number): Promise<DeletionStep> {
    return this.#sql.transaction(async (tx) => {
      const row = await tx.one<Pick<ClientRow, 'pool_id'>>(
        `SELECT pool_id FROM clients WHERE id = ? AND deleted_at_ms IS NOT NULL${tx.dialect.forUpdate}`,
        [id],
      );
      if (row === undefined) return 'gone';
      if (await removeRemainsOfClient(tx, [row.pool_id, id], limit)) return 'rows';
      await tx.run('DELETE FROM clients WHERE id = ?', [id]);
      return 'gone';
    });
  }

  async list(poolId: PoolId, limit: number, after?: ListKey): Promise<Page<Client, ListKey>> {
    const rows = await this.#sql.all<ClientRow>(
      `SELECT ${columns} FROM clients WHERE pool_id = ? AND (name, id) > (?, ?) AND deleted_at_ms IS NULL ORDER BY name, id LIMIT ?`,
      [poolId, after?.[0] ?? '', after?.[1] ?? '', limit + 1],
    );
    return pageOf(rows, limit, fromRow, (row) => [row.name, row.id]);
  }

  async count(poolId: PoolId): Promise<number> {
    const row = await this.#sql.one<{ readonly clients: number }>(
      'SELECT count(*) AS clients FROM clients WHERE pool_id = ? AND deleted_at_ms IS NULL',
      [poolId],
    );
    return row?.clients ?? 0;
  }

  async reseal(
    poolId: PoolId,
    limit: number,
    after: string,
    reseal: (client: ClientSecrets) => ClientSecrets,
  ): Promise<string | undefined> {
    return this.#sql.transaction(async (tx) => {
      // By id: a client that is renamed meanwhile is not passed over.
      const rows = await tx.all<Pick<ClientRow, 'id' | 'secrets'>>(
        `SELECT id, secrets FROM clients WHERE pool_id = ? AND id > ? AND deleted_at_ms IS NULL
          ORDER BY id LIMIT ?${tx.dialect.forUpdate}`,
        [poolId, after, limit],
      );
      for (const row of rows) {
        const id = row.id as ClientId;
        const { secrets } = reseal({ id, secrets: JSON.parse(row.secrets) as Client['secrets'] });
        const text = JSON.stringify(secrets);
        if (text === row.secrets) continue;
        await tx.run('UPDATE clients SET secrets = ? WHERE id = ?', [text, id]);
        tx.afterCommit(() => this.#written(id));
      }
      return rows.length < limit ? undefined : rows.at(-1)?.id;
    });
  }
}

function fromRow(row: ClientRow): Client {
  return {
    id: row.id as ClientId,
    poolId: row.pool_id as PoolId,
    name: row.name,
    settings: JSON.parse(row.settings) as Client['settings'],
    secrets: JSON.parse(row.secrets) as Client['secrets'],
    createdAtMs: row.created_at_ms,
    modifiedAtMs: row.modified_at_ms,
  };
}
