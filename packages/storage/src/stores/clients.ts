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
import type { RecordCache } from './records/record-cache.ts';
import { json, recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';
import { addDeletion } from './jobs.ts';
import { keepPool } from './records/live-records.ts';
import { pageOf } from './records/page-of.ts';
import { removeRemainsOfClient } from './records/remains.ts';

type ListKey = readonly [name: string, id: string];

const { member, table } = recordsOf<Client>();

const clients = table('clients', {
  id: member('id'),
  pool_id: member('poolId'),
  name: member('name'),
  settings: member('settings', json()),
  secrets: member('secrets', json()),
  created_at_ms: member('createdAtMs'),
  modified_at_ms: member('modifiedAtMs'),
});
const changeable = clients.only('name', 'settings', 'secrets', 'modified_at_ms');

const clientSecrets = recordsOf<ClientSecrets>().table('clients', {
  id: clients.columns.id,
  secrets: clients.columns.secrets,
});

type ClientRow = RowOf<typeof clients>;

const selectById = `SELECT ${clients.select()} FROM clients WHERE id = ? AND deleted_at_ms IS NULL`;

/** App clients in SQL. `cache` is absent inside transactions; `written` is called after every committed write. */
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
        `${clients.insert} ON CONFLICT (id) DO NOTHING`,
        clients.values(client),
      );
      return inserted === 1;
    });
  }

  async get(id: ClientId): Promise<Client | undefined> {
    const load = async (): Promise<Client | undefined> => {
      const row = await this.#sql.one<ClientRow>(selectById, [id]);
      return row && clients.record(row);
    };
    return this.#cache === undefined ? load() : this.#cache.get(id, load);
  }

  async change(id: ClientId, change: (current: Client) => Client): Promise<Client | undefined> {
    return this.#sql.transaction(async (tx) => {
      const row = await tx.one<ClientRow>(selectById + tx.dialect.forUpdate, [id]);
      if (row === undefined) return undefined;
      const current = clients.record(row);
      const { poolId, createdAtMs } = current;
      const client: Client = { ...change(current), id, poolId, createdAtMs };
      await tx.run(`UPDATE clients SET ${changeable.set} WHERE id = ?`, [
        ...changeable.values(client),
        id,
      ]);
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
        { id: deletionOfClient(id), kind: 'delete-client', poolId: row.pool_id, subject: id },
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
      `SELECT ${clients.select()} FROM clients WHERE pool_id = ? AND (name, id) > (?, ?) AND deleted_at_ms IS NULL ORDER BY name, id LIMIT ?`,
      [poolId, after?.[0] ?? '', after?.[1] ?? '', limit + 1],
    );
    return pageOf(rows, limit, clients.record, (row) => [row.name, row.id]);
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
      // By id, so that a client that is renamed meanwhile is not skipped.
      const rows = await tx.all<RowOf<typeof clientSecrets>>(
        `SELECT ${clientSecrets.select()} FROM clients WHERE pool_id = ? AND id > ? AND deleted_at_ms IS NULL
          ORDER BY id LIMIT ?${tx.dialect.forUpdate}`,
        [poolId, after, limit],
      );
      for (const row of rows) {
        const { id } = row;
        const secrets = clients.columns.secrets.encode(reseal(clientSecrets.record(row)));
        if (secrets === row.secrets) continue;
        await tx.run('UPDATE clients SET secrets = ? WHERE id = ?', [secrets, id]);
        tx.afterCommit(() => this.#written(id));
      }
      return rows.length < limit ? undefined : rows.at(-1)?.id;
    });
  }
}
