import type { PoolClient } from 'pg';
import { postgresDialect } from '../sql/dialect.ts';
import { SqlTransaction } from '../sql/sql-transaction.ts';
import type { SqlValue } from '../sql/sql.ts';
import { fromPostgres } from './postgres-error.ts';
import { preparedText } from './prepared-text.ts';

/** Runs one statement on a connection. */
export async function query(
  client: Pick<PoolClient, 'query'>,
  text: string,
  params: readonly SqlValue[],
): Promise<{ readonly rows: unknown[]; readonly rowCount: number }> {
  try {
    const { name, text: sql } = preparedText(text);
    const result = await client.query({ name, text: sql, values: params as SqlValue[] });
    return { rows: result.rows, rowCount: result.rowCount ?? 0 };
  } catch (error) {
    throw fromPostgres(error);
  }
}

/** A transaction of PostgreSQL, which refuses all statements after the first that failed. */
export class PostgresTransaction extends SqlTransaction {
  readonly dialect = postgresDialect;
  readonly #client: PoolClient;

  constructor(client: PoolClient) {
    super();
    this.#client = client;
  }

  async one<Row>(text: string, params: readonly SqlValue[]): Promise<Row | undefined> {
    const { rows } = await this.#query(text, params);
    return rows[0] as Row | undefined;
  }

  async all<Row>(text: string, params: readonly SqlValue[]): Promise<readonly Row[]> {
    const { rows } = await this.#query(text, params);
    return rows as Row[];
  }

  async run(text: string, params: readonly SqlValue[]): Promise<number> {
    const { rowCount } = await this.#query(text, params);
    return rowCount;
  }

  async #query(text: string, params: readonly SqlValue[]): ReturnType<typeof query> {
    this.requireOpen();
    try {
      return await query(this.#client, text, params);
    } catch (error) {
      throw this.failed(error);
    }
  }
}
