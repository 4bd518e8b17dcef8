import type { OutboxEntry, OutboxMessage, OutboxStore, PoolId } from '@poolhouse/core';
import type { Sql } from '../sql.ts';
import { lastText } from './search-text.ts';

interface OutboxRow {
  readonly id: string;
  readonly pool_id: string;
  readonly medium: string;
  readonly recipient: string;
  readonly sealed_content: string;
  readonly created_at_ms: number;
  readonly expires_at_ms: number;
  readonly state: string;
  readonly attempts: number;
  readonly next_attempt_at_ms: number;
  readonly last_error: string | null;
}

const columns =
  'id, pool_id, medium, recipient, sealed_content, created_at_ms, expires_at_ms, state, attempts, next_attempt_at_ms, last_error';

/** The transactional outbox in SQL. */
export class SqlOutbox implements OutboxStore {
  readonly #sql: Sql;
  readonly #added: () => void;

  /** `added` is called once a message is committed. */
  constructor(sql: Sql, added: () => void) {
    this.#sql = sql;
    this.#added = added;
  }

  async add(message: OutboxMessage): Promise<void> {
    await this.#sql.run(
      `INSERT INTO outbox (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?, NULL)`,
      [
        message.id,
        message.poolId,
        message.medium,
        message.to,
        message.sealedContent,
        message.createdAtMs,
        message.expiresAtMs,
        message.createdAtMs,
      ],
    );
    this.#sql.afterCommit(this.#added);
  }

  async claimDue(nowMs: number, limit: number, leaseMs: number): Promise<readonly OutboxEntry[]> {
    // A transaction because it writes: the answer must come from the writing connection.
    const rows = await this.#sql.transaction((tx) =>
      tx.all<OutboxRow>(
        `UPDATE outbox SET attempts = attempts + 1, next_attempt_at_ms = ? WHERE id IN
          (SELECT id FROM outbox WHERE state = 'waiting' AND next_attempt_at_ms <= ?
          ORDER BY next_attempt_at_ms LIMIT ?${tx.dialect.forUpdateSkipLocked}) RETURNING ${columns}`,
        [nowMs + leaseMs, nowMs, limit],
      ),
    );
    return rows.map(fromRow).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async markSent(id: string): Promise<void> {
    await this.#sql.run(`UPDATE outbox SET state = 'sent', last_error = NULL WHERE id = ?`, [id]);
  }

  async retryAt(id: string, nextAttemptAtMs: number, error: string): Promise<void> {
    await this.#sql.run(
      `UPDATE outbox SET next_attempt_at_ms = ?, last_error = ? WHERE id = ? AND state = 'waiting'`,
      [nextAttemptAtMs, error, id],
    );
  }

  async park(id: string, error: string): Promise<void> {
    await this.#sql.run(
      `UPDATE outbox SET state = 'parked', last_error = ? WHERE id = ? AND state = 'waiting'`,
      [error, id],
    );
  }

  async nextDueAtMs(): Promise<number | undefined> {
    const row = await this.#sql.one<{ readonly due: number }>(
      `SELECT next_attempt_at_ms AS due FROM outbox WHERE state = 'waiting' ORDER BY next_attempt_at_ms LIMIT 1`,
      [],
    );
    return row?.due;
  }

  async list({
    to,
    limit,
    after,
  }: {
    readonly to?: string;
    readonly limit: number;
    readonly after?: string;
  }): Promise<readonly OutboxEntry[]> {
    const before = after ?? lastText;
    const rows = await this.#sql.all<OutboxRow>(
      `SELECT ${columns} FROM outbox WHERE ${to === undefined ? '' : 'recipient = ? AND '}id < ? ORDER BY id DESC LIMIT ?`,
      to === undefined ? [before, limit] : [to, before, limit],
    );
    return rows.map(fromRow);
  }

  async get(id: string): Promise<OutboxEntry | undefined> {
    const row = await this.#sql.one<OutboxRow>(`SELECT ${columns} FROM outbox WHERE id = ?`, [id]);
    return row && fromRow(row);
  }

  async purge(createdBeforeMs: number, limit: number): Promise<number> {
    return this.#sql.run(
      `DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state <> 'waiting' AND created_at_ms < ?
        ORDER BY created_at_ms LIMIT ?)`,
      [createdBeforeMs, limit],
    );
  }
}

function fromRow(row: OutboxRow): OutboxEntry {
  return {
    id: row.id,
    poolId: row.pool_id as PoolId,
    medium: row.medium as OutboxEntry['medium'],
    to: row.recipient,
    sealedContent: row.sealed_content,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    state: row.state as OutboxEntry['state'],
    attempts: row.attempts,
    nextAttemptAtMs: row.next_attempt_at_ms,
    ...(row.last_error !== null && { lastError: row.last_error }),
  };
}
