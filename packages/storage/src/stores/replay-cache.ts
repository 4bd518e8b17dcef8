import type { ReplayCacheStore } from '@poolhouse/core';
import type { Sql } from '../sql/sql.ts';

/** Spent one-time proofs in SQL. */
export class SqlReplayCache implements ReplayCacheStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async spend(id: string, expiresAtMs: number): Promise<boolean> {
    const inserted = await this.#sql.run(
      'INSERT INTO spent_proofs (id, expires_at_ms) VALUES (?, ?) ON CONFLICT (id) DO NOTHING',
      [id, expiresAtMs],
    );
    return inserted === 1;
  }

  async isSpent(id: string): Promise<boolean> {
    return (await this.#sql.one('SELECT 1 FROM spent_proofs WHERE id = ?', [id])) !== undefined;
  }

  async purge(nowMs: number, limit: number): Promise<number> {
    return this.#sql.run(
      `DELETE FROM spent_proofs WHERE id IN
        (SELECT id FROM spent_proofs WHERE expires_at_ms < ? ORDER BY expires_at_ms LIMIT ?)`,
      [nowMs, limit],
    );
  }
}
