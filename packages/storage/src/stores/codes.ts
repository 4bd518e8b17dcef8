import type { CodeCheck, CodePlace, CodeStore, SentCode } from '@poolhouse/core';
import { recordsOf, type RowOf } from '../sql/columns.ts';
import type { Sql, SqlValue } from '../sql/sql.ts';

const { member, table } = recordsOf<SentCode>();

const codes = table('codes', {
  pool_id: member('poolId'),
  sub: member('sub'),
  purpose: member('purpose'),
  attribute: member('attribute'),
  row_id: member('rowId'),
  client_id: member('clientId'),
  mac: member('mac'),
  created_at_ms: member('createdAtMs'),
  expires_at_ms: member('expiresAtMs'),
  attempts_left: member('attemptsLeft'),
});
const codeAnew = codes.only(
  'row_id',
  'client_id',
  'mac',
  'created_at_ms',
  'expires_at_ms',
  'attempts_left',
);

type CodeRow = RowOf<typeof codes>;

const atPlace = 'WHERE pool_id = ? AND sub = ? AND purpose = ? AND attribute = ?';
const liveAtPlace = `SELECT ${codes.select()} FROM codes ${atPlace} AND expires_at_ms > ? AND attempts_left > 0`;

/** One-time codes in SQL. */
export class SqlCodes implements CodeStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async put(code: SentCode): Promise<void> {
    await this.#sql.run(
      `${codes.insert} ON CONFLICT (pool_id, sub, purpose, attribute) DO UPDATE SET ${codeAnew.setInserted}`,
      codes.values(code),
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
      const right = isRight(codes.record(row));
      if (right || row.attempts_left === 1) await tx.run(`DELETE FROM codes ${atPlace}`, key);
      else await tx.run(`UPDATE codes SET attempts_left = attempts_left - 1 ${atPlace}`, key);
      return right ? 'right' : 'wrong';
    });
  }

  async find(at: CodePlace, nowMs: number): Promise<SentCode | undefined> {
    const row = await this.#sql.one<CodeRow>(liveAtPlace, [...place(at), nowMs]);
    return row && codes.record(row);
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
