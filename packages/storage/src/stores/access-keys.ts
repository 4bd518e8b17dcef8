import type { AccessKey, AccessKeyStore } from '@poolhouse/core';
import type { RecordCache } from '../record-cache.ts';
import type { Sql, SqlValue } from '../sql.ts';

interface AccessKeyRow {
  readonly id: string;
  readonly sealed_secret: string;
  readonly pools: string | null;
  readonly enabled: number;
  readonly note: string;
  readonly created_at_ms: number;
}

const columns = 'id, sealed_secret, pools, enabled, note, created_at_ms';

/** Access keys in SQL. `cache` is absent inside transactions; `written` hears of every committed write. */
export class SqlAccessKeys implements AccessKeyStore {
  readonly #sql: Sql;
  readonly #cache: RecordCache<AccessKey> | undefined;
  readonly #written: (id: string) => void;

  constructor(sql: Sql, cache: RecordCache<AccessKey> | undefined, written: (id: string) => void) {
    this.#sql = sql;
    this.#cache = cache;
    this.#written = written;
  }

  async createIfAbsent(key: AccessKey): Promise<boolean> {
    const inserted = await this.#sql.run(
      `INSERT INTO access_keys (${columns}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      [
        key.id,
        key.sealedSecret,
        key.pools === undefined ? null : JSON.stringify(key.pools),
        key.enabled ? 1 : 0,
        key.note,
        key.createdAtMs,
      ],
    );
    return inserted === 1;
  }

  async get(id: string): Promise<AccessKey | undefined> {
    const load = async (): Promise<AccessKey | undefined> => {
      const row = await this.#sql.one<AccessKeyRow>(
        `SELECT ${columns} FROM access_keys WHERE id = ?`,
        [id],
      );
      return row && fromRow(row);
    };
    return this.#cache === undefined ? load() : this.#cache.get(id, load);
  }

  async list(): Promise<readonly AccessKey[]> {
    const rows = await this.#sql.all<AccessKeyRow>(
      `SELECT ${columns} FROM access_keys ORDER BY created_at_ms, id`,
      [],
    );
    return rows.map(fromRow);
  }

  setEnabled(id: string, enabled: boolean): Promise<boolean> {
    return this.#set(id, 'enabled', enabled ? 1 : 0);
  }

  reseal(id: string, sealedSecret: string): Promise<boolean> {
    return this.#set(id, 'sealed_secret', sealedSecret);
  }

  async #set(id: string, column: string, value: SqlValue): Promise<boolean> {
    const changed = await this.#sql.run(`UPDATE access_keys SET ${column} = ? WHERE id = ?`, [
      value,
      id,
    ]);
    this.#sql.afterCommit(() => this.#written(id));
    return changed === 1;
  }
}

function fromRow(row: AccessKeyRow): AccessKey {
  return {
    id: row.id,
    sealedSecret: row.sealed_secret,
    ...(row.pools !== null && { pools: JSON.parse(row.pools) as string[] }),
    enabled: row.enabled === 1,
    note: row.note,
    createdAtMs: row.created_at_ms,
  };
}
