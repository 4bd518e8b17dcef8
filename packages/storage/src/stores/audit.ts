import type {
  AuditEntry,
  AuditFilter,
  AuditStore,
  ChainFloor,
  ChainPlace,
  Page,
} from '@poolhouse/core';
import { recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql, SqlValue } from '../sql/sql.ts';
import { pageOf } from './records/page-of.ts';

const { member, optional, table } = recordsOf<AuditEntry>();

const entries = table('audit', {
  number: member('number'),
  at_ms: member('atMs'),
  actor: member('actor'),
  actor_kind: member('actorKind'),
  source: optional('source'),
  operation: member('operation'),
  pool_id: optional('poolId'),
  changes: member('changes', { encode: JSON.stringify, decode: changesOf }),
  previous_hash: member('previousHash'),
  hash: member('hash'),
});
const rewritten = entries.only('changes', 'previous_hash', 'hash');

type AuditRow = RowOf<typeof entries>;

/** How many entries a rewrite holds in memory at a time. */
const REWRITE_PAGE = 500;

/** The audit trail in SQL. */
export class SqlAudit implements AuditStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async append(link: Parameters<AuditStore['append']>[0]): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      const head = await lockedHead(tx);
      const entry = link(head.number === 0 ? undefined : head);
      await tx.run(entries.insert, entries.values(entry));
      await setHead(tx, entry);
    });
  }

  async list(
    filter: AuditFilter,
    limit: number,
    before?: number,
  ): Promise<Page<AuditEntry, number>> {
    const conditions: string[] = ['number < ?'];
    const params: SqlValue[] = [before ?? Number.MAX_SAFE_INTEGER];
    const where = (condition: string, value: SqlValue | undefined) => {
      if (value === undefined) return;
      conditions.push(condition);
      params.push(value);
    };
    where('pool_id = ?', filter.poolId);
    where('actor = ?', filter.actor);
    where('operation = ?', filter.operation);
    where('at_ms >= ?', filter.sinceMs);
    where('at_ms <= ?', filter.untilMs);
    const rows = await this.#sql.all<AuditRow>(
      `SELECT ${entries.select()} FROM audit WHERE ${conditions.join(' AND ')} ORDER BY number DESC LIMIT ?`,
      [...params, limit + 1],
    );
    return pageOf(rows, limit, entries.record, (row) => row.number);
  }

  async head(): Promise<ChainPlace> {
    return placeOf(
      await this.#sql.one<ChainPlace>('SELECT number, hash FROM audit_head WHERE id = 1', []),
    );
  }

  floor(): Promise<ChainFloor> {
    return floorOf(this.#sql, '');
  }

  async prune(
    beforeMs: number,
    limit: number,
    macOf: Parameters<AuditStore['prune']>[2],
  ): Promise<number> {
    return this.#sql.transaction(async (tx) => {
      // If two nodes prune, the second continues where the first ended.
      const floor = await floorOf(tx, tx.dialect.forUpdate);
      const oldest = await tx.all<AuditRow>(
        `SELECT ${entries.select()} FROM audit WHERE number > ? ORDER BY number LIMIT ?`,
        [floor.number, limit],
      );
      const firstKept = oldest.findIndex(({ at_ms: atMs }) => atMs >= beforeMs);
      const old = firstKept === -1 ? oldest : oldest.slice(0, firstKept);
      const last = old.at(-1);
      if (last === undefined) return 0;
      const { number, hash } = last;
      await tx.run('DELETE FROM audit WHERE number <= ?', [number]);
      await tx.run('UPDATE audit_floor SET number = ?, hash = ?, mac = ? WHERE id = 1', [
        number,
        hash,
        macOf({ number, hash }, old.map(entries.record), floor),
      ]);
      return old.length;
    });
  }

  async rewrite(change: Parameters<AuditStore['rewrite']>[0]): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      await lockedHead(tx);
      let previous: ChainPlace | undefined;
      for (;;) {
        const rows = await tx.all<AuditRow>(
          `SELECT ${entries.select()} FROM audit WHERE number > ? ORDER BY number LIMIT ?`,
          [previous?.number ?? 0, REWRITE_PAGE],
        );
        if (rows.length === 0) break;
        for (const row of rows) {
          const entry = await change(entries.record(row), previous);
          await tx.run(`UPDATE audit SET ${rewritten.set} WHERE number = ?`, [
            ...rewritten.values(entry),
            entry.number,
          ]);
          previous = entry;
        }
      }
      if (previous !== undefined) await setHead(tx, previous);
    });
  }
}

async function lockedHead(tx: Sql): Promise<ChainPlace> {
  const text = `SELECT number, hash FROM audit_head WHERE id = 1${tx.dialect.forUpdate}`;
  return placeOf(await tx.one<ChainPlace>(text, []));
}

function placeOf(row: ChainPlace | undefined): ChainPlace {
  return { number: row?.number ?? 0, hash: row?.hash ?? '' };
}

async function setHead(tx: Sql, { number, hash }: ChainPlace): Promise<void> {
  await tx.run('UPDATE audit_head SET number = ?, hash = ? WHERE id = 1', [number, hash]);
}

async function floorOf(sql: Sql, forUpdate: string): Promise<ChainFloor> {
  const floor = await sql.one<ChainFloor>(
    `SELECT number, hash, mac FROM audit_floor WHERE id = 1${forUpdate}`,
    [],
  );
  return { ...placeOf(floor), mac: floor?.mac ?? '' };
}

/** Tampered text must not make this fail: the entry's hash shows that it was changed. */
function changesOf(text: string): AuditEntry['changes'] {
  try {
    const changes: unknown = JSON.parse(text);
    const isList = Array.isArray(changes) && changes.every((one) => one instanceof Object);
    return isList ? (changes as AuditEntry['changes']) : [];
  } catch {
    return [];
  }
}
