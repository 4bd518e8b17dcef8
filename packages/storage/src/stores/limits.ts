import type { LimitStore, PoolId } from '@poolhouse/core';
import type { Sql } from '../sql.ts';

/** Requests at work together have begun this far apart at the most; so may the clocks of nodes be. */
export const overlapMs = 60_000;
// A window starts with its first take. One that would end much later than a new one is left from before the clock was
// set back, and starts anew: nobody is locked out for the size of the jump. One that ends a little later was begun by a
// request that overtook this one.
const isOver = '(limits.ends_at_ms <= ? OR limits.ends_at_ms > ?)';
const takeOne = `INSERT INTO limits (pool_id, subject, action, ends_at_ms, taken) VALUES (?, ?, ?, ?, 1)
  ON CONFLICT (pool_id, subject, action) DO UPDATE SET
  taken = CASE WHEN ${isOver} THEN 1 ELSE limits.taken + 1 END,
  ends_at_ms = CASE WHEN ${isOver} THEN excluded.ends_at_ms ELSE limits.ends_at_ms END
  WHERE ${isOver} OR limits.taken < ?`;

/** Failures are forgotten after this long without one. Source: behaviour.md 6.2. */
export const failureMemoryMs = 15 * 60_000;
// A row of this action ends when its last failure is forgotten, which tells when that was.
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

  async takePasswordAttempt(
    poolId: PoolId,
    subject: string,
    nowMs: number,
    lockMs: (failedAttempts: number) => number,
  ): Promise<boolean> {
    const endsAtMs = nowMs + failureMemoryMs;
    return this.#sql.transaction(async (tx) => {
      const key = [poolId, subject];
      if ((await tx.run(firstFailure, [...key, endsAtMs])) === 1) return true;
      const row = await tx.one<FailureRow>(selectFailures + tx.dialect.forUpdate, key);
      if (row !== undefined && isLocked(row, nowMs, lockMs)) return false;
      const failures = row === undefined || row.ends_at_ms <= nowMs ? 1 : row.taken + 1;
      await tx.run(countFailure, [failures, endsAtMs, ...key]);
      return true;
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
