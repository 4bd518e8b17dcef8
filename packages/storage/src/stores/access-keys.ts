import type { AccessKey, AccessKeyStore } from '@poolhouse/core';
import type { RecordCache } from './records/record-cache.ts';
import { flag, json, recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql, SqlValue } from '../sql/sql.ts';

const { member, optional, table } = recordsOf<AccessKey>();

const keys = table('access_keys', {
  id: member('id'),
  sealed_secret: member('sealedSecret'),
  pools: optional('pools', json()),
  enabled: member('enabled', flag),
  note: member('note'),
  created_at_ms: member('createdAtMs'),
});

type AccessKeyRow = RowOf<typeof keys>;

/** Access keys in SQL. `cache` is absent inside transactions; `written` is called after every committed write. */
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
      `${keys.insert} ON CONFLICT (id) DO NOTHING`,
      keys.values(key),
    );
    return inserted === 1;
  }

  async get(id: string): Promise<AccessKey | undefined> {
    const load = async (): Promise<AccessKey | undefined> => {
      const row = await this.#sql.one<AccessKeyRow>(
        `SELECT ${keys.select()} FROM access_keys WHERE id = ?`,
        [id],
      );
      return row && keys.record(row);
    };
    return this.#cache === undefined ? load() : this.#cache.get(id, load);
  }

  async list(): Promise<readonly AccessKey[]> {
    const rows = await this.#sql.all<AccessKeyRow>(
      `SELECT ${keys.select()} FROM access_keys ORDER BY created_at_ms, id`,
      [],
    );
    return rows.map(keys.record);
  }

  setEnabled(id: string, enabled: boolean): Promise<boolean> {
    return this.#set(id, 'enabled', enabled ? 1 : 0);
  }

  reseal(id: string, sealedSecret: string): Promise<boolean> {
    return this.#set(id, 'sealed_secret', sealedSecret);
  }

  async #set(id: string, column: keyof AccessKeyRow, value: SqlValue): Promise<boolean> {
    const changed = await this.#sql.run(`UPDATE access_keys SET ${column} = ? WHERE id = ?`, [
      value,
      id,
    ]);
    this.#sql.afterCommit(() => this.#written(id));
    return changed === 1;
  }
}
