import type {
  ImportLogEntry,
  ImportPart,
  ImportPosition,
  ImportRef,
  ImportStore,
  Page,
  PoolId,
  UserImport,
} from '@poolhouse/core';
import { recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';
import { inLivePool, keepPool } from './records/live-records.ts';
import { insertAll } from './records/insert-all.ts';
import { pageOf } from './records/page-of.ts';

const { member, optional, table } = recordsOf<UserImport>();

const imports = table('user_imports', {
  pool_id: member('poolId'),
  id: member('id'),
  name: member('name'),
  role_arn: member('roleArn'),
  hashing: optional('hashing'),
  state: member('state'),
  created_at_ms: member('createdAtMs'),
  started_at_ms: optional('startedAtMs'),
  completed_at_ms: optional('completedAtMs'),
  message: optional('message'),
  receiving: optional('receiving'),
  upload: optional('upload'),
  file_bytes: optional('fileBytes'),
  imported: member('imported'),
  skipped: member('skipped'),
  failed: member('failed'),
});
const changeable = imports.only(
  ...imports.names.filter((name) => !['pool_id', 'id', 'created_at_ms'].includes(name)),
);

type ImportRow = RowOf<typeof imports>;

const logEntries = recordsOf<ImportLogEntry & ImportRef>().table('import_log', {
  pool_id: recordsOf<ImportRef>().member('poolId'),
  import_id: recordsOf<ImportRef>().member('id'),
  line: recordsOf<ImportLogEntry>().member('line'),
  outcome: recordsOf<ImportLogEntry>().member('outcome'),
  reason: recordsOf<ImportLogEntry>().member('reason'),
});

const selectOne = `SELECT ${imports.select('i')} FROM user_imports i WHERE i.pool_id = ? AND i.id = ? ${inLivePool('i.pool_id')}`;

/** Imports of users in SQL. */
export class SqlImports implements ImportStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async add(job: UserImport, most: number): Promise<'added' | 'taken' | 'too-many'> {
    return this.#sql.transaction(async (tx) => {
      await keepPool(tx, job.poolId);
      const last = await tx.one(
        'SELECT id FROM user_imports WHERE pool_id = ? ORDER BY created_at_ms, id LIMIT 1 OFFSET ?',
        [job.poolId, most - 1],
      );
      if (last !== undefined) return 'too-many';
      const inserted = await tx.run(
        `${imports.insert} ON CONFLICT (pool_id, id) DO NOTHING`,
        imports.values(job),
      );
      return inserted === 1 ? 'added' : 'taken';
    });
  }

  async get({ poolId, id }: ImportRef): Promise<UserImport | undefined> {
    const row = await this.#sql.one<ImportRow>(selectOne, [poolId, id]);
    return row && imports.record(row);
  }

  async list(
    poolId: PoolId,
    limit: number,
    [createdAtMs, id]: ImportPosition = [Number.MAX_SAFE_INTEGER, ''],
  ): Promise<Page<UserImport, ImportPosition>> {
    const rows = await this.#sql.all<ImportRow>(
      `SELECT ${imports.select('i')} FROM user_imports i
        WHERE i.pool_id = ? AND (i.created_at_ms, i.id) < (?, ?) ${inLivePool('i.pool_id')}
        ORDER BY i.created_at_ms DESC, i.id DESC LIMIT ?`,
      [poolId, createdAtMs, id, limit + 1],
    );
    return pageOf(rows, limit, imports.record, (row) => [row.created_at_ms, row.id]);
  }

  async lockForUpdate({ poolId, id }: ImportRef): Promise<UserImport | undefined> {
    const row = await this.#sql.one<ImportRow>(selectOne + this.#sql.dialect.forUpdate, [
      poolId,
      id,
    ]);
    return row && imports.record(row);
  }

  async change(
    { poolId, id }: ImportRef,
    change: (current: UserImport) => UserImport,
  ): Promise<UserImport | undefined> {
    return this.#sql.transaction(async (tx) => {
      const row = await tx.one<ImportRow>(selectOne + tx.dialect.forUpdate, [poolId, id]);
      if (row === undefined) return undefined;
      const current = imports.record(row);
      const job: UserImport = { ...change(current), poolId, id, createdAtMs: current.createdAtMs };
      await tx.run(`UPDATE user_imports SET ${changeable.set} WHERE pool_id = ? AND id = ?`, [
        ...changeable.values(job),
        poolId,
        id,
      ]);
      return job;
    });
  }

  async isRunning(poolId: PoolId): Promise<boolean> {
    const found = await this.#sql.one(
      `SELECT id FROM user_imports WHERE pool_id = ? AND state IN ('Pending', 'InProgress') LIMIT 1`,
      [poolId],
    );
    return found !== undefined;
  }

  async addPart({ poolId, id, upload, number, sealed }: ImportPart): Promise<boolean> {
    const added = await this.#sql.run(
      `INSERT INTO import_parts (pool_id, import_id, upload, part_no, content)
        SELECT i.pool_id, i.id, i.receiving, ${this.#sql.dialect.name === 'postgres' ? '?::integer' : '?'}, ? FROM user_imports i
        WHERE i.pool_id = ? AND i.id = ? AND i.state = 'Created' AND i.receiving = ? ${inLivePool('i.pool_id')}
        ON CONFLICT (pool_id, import_id, upload, part_no) DO NOTHING`,
      [number, sealed, poolId, id, upload],
    );
    return added === 1;
  }

  async part(
    { poolId, id }: ImportRef,
    upload: string,
    number: number,
  ): Promise<string | undefined> {
    const row = await this.#sql.one<{ readonly content: string }>(
      'SELECT content FROM import_parts WHERE pool_id = ? AND import_id = ? AND upload = ? AND part_no = ?',
      [poolId, id, upload, number],
    );
    return row?.content;
  }

  dropParts({ poolId, id }: ImportRef, limit: number, kept = ''): Promise<number> {
    return this.#sql.run(
      `DELETE FROM import_parts WHERE pool_id = ? AND import_id = ? AND (upload, part_no) IN
        (SELECT upload, part_no FROM import_parts WHERE pool_id = ? AND import_id = ? AND upload <> ?
        ORDER BY upload, part_no LIMIT ?)`,
      [poolId, id, poolId, id, kept, limit],
    );
  }

  addToLog({ poolId, id }: ImportRef, entries: readonly ImportLogEntry[]): Promise<void> {
    const rows = entries.map((entry) => ({ ...entry, poolId, id }));
    return this.#sql.transaction(async (tx) => void (await insertAll(tx, logEntries, rows)));
  }

  async log(
    { poolId, id }: ImportRef,
    limit: number,
    after = 0,
  ): Promise<Page<ImportLogEntry, number>> {
    const rows = await this.#sql.all<RowOf<typeof logEntries>>(
      `SELECT ${logEntries.select('l')} FROM import_log l
        WHERE l.pool_id = ? AND l.import_id = ? AND l.line > ? ${inLivePool('l.pool_id')} ORDER BY l.line LIMIT ?`,
      [poolId, id, after, limit + 1],
    );
    const entry = (row: RowOf<typeof logEntries>) => {
      const { line, outcome, reason } = logEntries.record(row);
      return { line, outcome, reason };
    };
    return pageOf(rows, limit, entry, ({ line }) => line);
  }
}
