import type { OutboxEntry, OutboxMessage, OutboxStore } from '@poolhouse/core';
import { recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql } from '../sql/sql.ts';
import { lastText } from './records/search-text.ts';

const { member, optional, table } = recordsOf<OutboxEntry>();

const messages = table('outbox', {
  id: member('id'),
  pool_id: member('poolId'),
  medium: member('medium'),
  recipient: member('to'),
  sealed_content: member('sealedContent'),
  created_at_ms: member('createdAtMs'),
  expires_at_ms: member('expiresAtMs'),
  state: member('state'),
  attempts: member('attempts'),
  next_attempt_at_ms: member('nextAttemptAtMs'),
  last_error: optional('lastError'),
});

type OutboxRow = RowOf<typeof messages>;

/** The transactional outbox in SQL. */
export class SqlOutbox implements OutboxStore {
  readonly #sql: Sql;
  readonly #added: () => void;

  /** `added` is called once a message that waits is committed. */
  constructor(sql: Sql, added: () => void) {
    this.#sql = sql;
    this.#added = added;
  }

  async add(message: OutboxMessage, state: 'waiting' | 'sent' = 'waiting'): Promise<void> {
    const { createdAtMs: nextAttemptAtMs } = message;
    await this.#sql.run(
      messages.insert,
      messages.values({ ...message, state, attempts: 0, nextAttemptAtMs }),
    );
    if (state === 'waiting') this.#sql.afterCommit(this.#added);
  }

  async claimDue(
    medium: OutboxEntry['medium'],
    nowMs: number,
    limit: number,
    leaseMs: number,
  ): Promise<readonly OutboxEntry[]> {
    // A transaction, because it writes: the answer must come from the writing connection.
    const rows = await this.#sql.transaction((tx) =>
      tx.all<OutboxRow>(
        `UPDATE outbox SET attempts = attempts + 1, next_attempt_at_ms = ? WHERE id IN
          (SELECT id FROM outbox WHERE state = 'waiting' AND next_attempt_at_ms <= ? AND medium = ?
          ORDER BY next_attempt_at_ms LIMIT ?${tx.dialect.forUpdateSkipLocked}) RETURNING ${messages.select()}`,
        [nowMs + leaseMs, nowMs, medium, limit],
      ),
    );
    return rows.map(messages.record).sort((a, b) => (a.id < b.id ? -1 : 1));
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

  async nextDueAtMs(medium: OutboxEntry['medium']): Promise<number | undefined> {
    const row = await this.#sql.one<{ readonly due: number }>(
      `SELECT next_attempt_at_ms AS due FROM outbox WHERE state = 'waiting' AND medium = ?
        ORDER BY next_attempt_at_ms LIMIT 1`,
      [medium],
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
      `SELECT ${messages.select()} FROM outbox WHERE ${to === undefined ? '' : 'recipient = ? AND '}id < ? ORDER BY id DESC LIMIT ?`,
      to === undefined ? [before, limit] : [to, before, limit],
    );
    return rows.map(messages.record);
  }

  async get(id: string): Promise<OutboxEntry | undefined> {
    const row = await this.#sql.one<OutboxRow>(
      `SELECT ${messages.select()} FROM outbox WHERE id = ?`,
      [id],
    );
    return row && messages.record(row);
  }

  async purge(createdBeforeMs: number, limit: number): Promise<number> {
    return this.#sql.run(
      `DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state <> 'waiting' AND created_at_ms < ?
        ORDER BY created_at_ms LIMIT ?)`,
      [createdBeforeMs, limit],
    );
  }
}
