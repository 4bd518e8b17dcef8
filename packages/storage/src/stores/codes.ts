import type {
  CodeCheck,
  CodePlace,
  CodePurpose,
  CodeStore,
  PoolId,
  SentCode,
  Sub,
} from '@poolhouse/core';
import type { Sql, SqlValue } from '../sql.ts';

interface CodeRow {
  readonly pool_id: string;
  readonly sub: string;
  readonly purpose: string;
  readonly attribute: string;
  readonly row_id: string;
  readonly client_id: string;
  readonly mac: string;
  readonly created_at_ms: number;
  readonly expires_at_ms: number;
  readonly attempts_left: number;
}

const columns =
  'pool_id, sub, purpose, attribute, row_id, client_id, mac, created_at_ms, expires_at_ms, attempts_left';
const atPlace = 'WHERE pool_id = ? AND sub = ? AND purpose = ? AND attribute = ?';
const liveAtPlace = `SELECT ${columns} FROM codes ${atPlace} AND expires_at_ms > ? AND attempts_left > 0`;

/** One-time codes in SQL. */
export class SqlCodes implements CodeStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async put(code: SentCode): Promise<void> {
    await this.#sql.run(
      `INSERT INTO codes (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (pool_id, sub, purpose, attribute) DO UPDATE SET row_id = excluded.row_id,
        client_id = excluded.client_id, mac = excluded.mac, created_at_ms = excluded.created_at_ms,
        expires_at_ms = excluded.expires_at_ms, attempts_left = excluded.attempts_left`,
      [
        ...place(code),
        code.rowId,
        code.clientId,
        code.mac,
        code.createdAtMs,
        code.expiresAtMs,
        code.attemptsLeft,
      ],
    );
  }

  async consume(
    at: CodePlace,
    nowMs: number,
    isRight: (code: SentCode) => boolean,
  ): Promise<CodeCheck> {
    return this.#sql.transaction(async (tx) => {
      const key = place(at);
      const row = await tx.one<CodeRow>(liveAtPlace + tx.dialect.forUpdate, [...key, nowMs]);
      if (row === undefined) return 'expired';
      const right = isRight(fromRow(row));
      if (right || row.attempts_left === 1) await tx.run(`DELETE FROM codes ${atPlace}`, key);
      else await tx.run(`UPDATE codes SET attempts_left = attempts_left - 1 ${atPlace}`, key);
      return right ? 'right' : 'wrong';
    });
  }

  async find(at: CodePlace, nowMs: number): Promise<SentCode | undefined> {
    const row = await this.#sql.one<CodeRow>(liveAtPlace, [...place(at), nowMs]);
    return row && fromRow(row);
  }

  async delete(at: CodePlace): Promise<void> {
    await this.#sql.run(`DELETE FROM codes ${atPlace}`, place(at));
  }

  async purge(nowMs: number, limit: number): Promise<number> {
    return this.#sql.run(
      `DELETE FROM codes WHERE (pool_id, sub, purpose, attribute) IN (SELECT pool_id, sub, purpose, attribute
        FROM codes WHERE expires_at_ms < ? ORDER BY expires_at_ms LIMIT ?)`,
      [nowMs, limit],
    );
  }
}

function place({ poolId, sub, purpose, attribute }: CodePlace): SqlValue[] {
  return [poolId, sub, purpose, attribute];
}

function fromRow(row: CodeRow): SentCode {
  return {
    poolId: row.pool_id as PoolId,
    sub: row.sub as Sub,
    purpose: row.purpose as CodePurpose,
    attribute: row.attribute,
    rowId: row.row_id,
    clientId: row.client_id,
    mac: row.mac,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    attemptsLeft: row.attempts_left,
  };
}
