import type { AuditEntry, AuditFilter, AuditStore, Page, PoolId } from '@poolhouse/core';
import type { Sql, SqlValue } from '../sql.ts';
import { pageOf } from './page-of.ts';

interface AuditRow {
  readonly number: number;
  readonly at_ms: number;
  readonly actor: string;
  readonly actor_kind: AuditEntry['actorKind'];
  readonly source: string | null;
  readonly operation: string;
  readonly pool_id: string | null;
  readonly changes: string;
  readonly previous_hash: string;
  readonly hash: string;
}

/** The audit trail in SQL. */
export class SqlAudit implements AuditStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async append(link: Parameters<AuditStore['append']>[0]): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      const head = await tx.one<{ number: number; hash: string }>(
        `SELECT number, hash FROM audit_head WHERE id = 1${tx.dialect.forUpdate}`,
        [],
      );
      const entry = link(head === undefined || head.number === 0 ? undefined : head);
      await tx.run(
        `INSERT INTO audit (number, at_ms, actor, actor_kind, source, operation, pool_id, changes, previous_hash, hash)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          entry.number,
          entry.atMs,
          entry.actor,
          entry.actorKind,
          entry.source ?? null,
          entry.operation,
          entry.poolId ?? null,
          JSON.stringify(entry.changes),
          entry.previousHash,
          entry.hash,
        ],
      );
      await tx.run('UPDATE audit_head SET number = ?, hash = ? WHERE id = 1', [
        entry.number,
        entry.hash,
      ]);
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
      `SELECT number, at_ms, actor, actor_kind, source, operation, pool_id, changes, previous_hash, hash FROM audit WHERE ${conditions.join(' AND ')} ORDER BY number DESC LIMIT ?`,
      [...params, limit + 1],
    );
    return pageOf(rows, limit, entryOf, (row) => row.number);
  }
}

function entryOf(row: AuditRow): AuditEntry {
  return {
    number: row.number,
    atMs: row.at_ms,
    actor: row.actor,
    actorKind: row.actor_kind,
    source: row.source ?? undefined,
    operation: row.operation,
    poolId: (row.pool_id as PoolId | null) ?? undefined,
    changes: JSON.parse(row.changes) as AuditEntry['changes'],
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
