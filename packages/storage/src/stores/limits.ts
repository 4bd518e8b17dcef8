import type { LimitStore, PasswordAttempt, PoolId } from '@poolhouse/core';
import type { Sql } from '../sql/sql.ts';

/** Requests in progress at the same time started at most this far apart, and nodes' clocks may differ by as much. */
export const overlapMs = 60_000;
// A window starts with its first take. One that would end much later than a new one dates from before the clock was set back, and is
// restarted, so that nobody is locked out for the size of the jump. One that ends slightly later was started by a request that overtook
// this one.
const isOver = '(limits.ends_at_ms <= ? OR limits.ends_at_ms > ?)';
const takeOne = `INSERT INTO limits (pool_id, subject, action, ends_at_ms, taken) VALUES (?, ?, ?, ?, 1)
  ON CONFLICT (pool_id, subject, action) DO UPDATE SET
  taken = CASE WHEN ${isOver} THEN 1 ELSE limits.taken + 1 END,
  ends_at_ms = CASE WHEN ${isOver} THEN excluded.ends_at_ms ELSE limits.ends_at_ms END
  WHERE ${isOver} OR limits.taken < ?`;

// A window that started after the take ends later than the take's own window can.
const giveOneBack = `UPDATE limits SET taken = taken - 1 WHERE pool_id = ? AND subject = ? AND action = ?
  AND taken > 0 AND ends_at_ms > ? AND ends_at_ms <= ?`;

/** Failures are forgotten after this long without a new one. Source: behaviour.md 6.2. */
export const failureMemoryMs = 15 * 60_000;
// A row of this action ends when its last failure is forgotten, which also tells when that failure was.
const action = 'PasswordAttempt';
const firstFailure = `INSERT INTO limits (pool_id, subject, action, ends_at_ms, taken) VALUES (?, ?, '${action}', ?, 1)
  ON CONFLICT (pool_id, subject, action) DO NOTHING`;
const selectFailures = `SELECT taken, ends_at_ms FROM limits WHERE pool_id = ? AND subject = ? AND action = '${action}'`;
const countFailure = `UPDATE limits SET taken = ?, ends_at_ms = ? WHERE pool_id = ? AND subject = ? AND action = '${action}'`;

interface FailureRow {
  readonly taken: number;
  readonly ends_at_ms: number;
}

/** Counters of limited actions in SQL. */
export class SqlLimits implements LimitStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async take(
    poolId: PoolId,
    subject: string,
    action: string,
    max: number,
    windowMs: number,
    nowMs: number,
  ): Promise<boolean> {
    if (max < 1) return false;
    const endsAtMs = nowMs + windowMs;
    const over = [nowMs, endsAtMs + overlapMs];
    const taken = await this.#sql.run(takeOne, [
      poolId,
      subject,
      action,
      endsAtMs,
      ...over,
      ...over,
      ...over,
      max,
    ]);
    return taken === 1;
  }

  async giveBack(
    poolId: PoolId,
    subject: string,
    action: string,
    windowMs: number,
    takenAtMs: number,
  ): Promise<void> {
    const key = [poolId, subject, action];
    await this.#sql.run(giveOneBack, [...key, takenAtMs, takenAtMs + windowMs]);
  }

  async takePasswordAttempt(
    poolId: PoolId,
    subject: string,
    nowMs: number,
    lockMs: (failedAttempts: number) => number,
  ): Promise<PasswordAttempt | undefined> {
    const endsAtMs = nowMs + failureMemoryMs;
    return this.#sql.transaction(async (tx) => {
      const key = [poolId, subject];
      const first = { atMs: nowMs, formerAtMs: undefined, run: 0 };
      if ((await tx.run(firstFailure, [...key, endsAtMs])) === 1) return first;
      const row = await tx.one<FailureRow>(selectFailures + tx.dialect.forUpdate, key);
      if (row !== undefined && isLocked(row, nowMs, lockMs)) return undefined;
      const isForgotten = row === undefined || row.ends_at_ms <= nowMs;
      await tx.run(countFailure, [isForgotten ? 1 : row.taken + 1, endsAtMs, ...key]);
      return isForgotten ? first : { ...first, formerAtMs: row.ends_at_ms - failureMemoryMs };
    });
  }

  async giveBackPasswordAttempt(
    poolId: PoolId,
    subject: string,
    { atMs, formerAtMs }: PasswordAttempt,
  ): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      const key = [poolId, subject];
      const row = await tx.one<FailureRow>(selectFailures + tx.dialect.forUpdate, key);
      if (row === undefined || row.taken === 0) return;
      const mine = row.ends_at_ms === atMs + failureMemoryMs;
      const endsAtMs =
        mine && formerAtMs !== undefined ? formerAtMs + failureMemoryMs : row.ends_at_ms;
      await tx.run(countFailure, [row.taken - 1, endsAtMs, ...key]);
    });
  }

  async isLocked(
    poolId: PoolId,
    subject: string,
    nowMs: number,
    lockMs: (failedAttempts: number) => number,
  ): Promise<boolean> {
    const row = await this.#sql.one<FailureRow>(selectFailures, [poolId, subject]);
    return row !== undefined && isLocked(row, nowMs, lockMs);
  }

  async purge(nowMs: number, limit: number): Promise<number> {
    return this.#sql.run(
      `DELETE FROM limits WHERE (pool_id, subject, action) IN
        (SELECT pool_id, subject, action FROM limits WHERE ends_at_ms < ? ORDER BY ends_at_ms LIMIT ?)`,
      [nowMs, limit],
    );
  }
}

function isLocked(
  { taken, ends_at_ms }: FailureRow,
  nowMs: number,
  lockMs: (failedAttempts: number) => number,
): boolean {
  const sinceMs = nowMs - (ends_at_ms - failureMemoryMs);
  const lock = lockMs(taken);
  return lock > 0 && sinceMs >= -overlapMs && sinceMs < lock;
}
