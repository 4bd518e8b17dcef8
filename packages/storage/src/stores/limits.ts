import type { LimitStore, PoolId } from '@poolhouse/core';
import type { Sql } from '../sql.ts';

// A window starts with its first take. One that would end later than a new one is left from before the clock was
// set back, and starts anew: nobody is locked out for the size of the jump.
const isOver = '(limits.ends_at_ms <= ? OR limits.ends_at_ms > ?)';
const takeOne = `INSERT INTO limits (pool_id, subject, action, ends_at_ms, taken) VALUES (?, ?, ?, ?, 1)
  ON CONFLICT (pool_id, subject, action) DO UPDATE SET
  taken = CASE WHEN ${isOver} THEN 1 ELSE limits.taken + 1 END,
  ends_at_ms = CASE WHEN ${isOver} THEN excluded.ends_at_ms ELSE limits.ends_at_ms END
  WHERE ${isOver} OR limits.taken < ?`;

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
    const over = [nowMs, endsAtMs];
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

  async purge(nowMs: number, limit: number): Promise<number> {
    return this.#sql.run(
      `DELETE FROM limits WHERE (pool_id, subject, action) IN
        (SELECT pool_id, subject, action FROM limits WHERE ends_at_ms < ? ORDER BY ends_at_ms LIMIT ?)`,
      [nowMs, limit],
    );
  }
}
