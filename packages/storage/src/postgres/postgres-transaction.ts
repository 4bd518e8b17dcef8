import type { PoolClient } from 'pg';
import { postgresDialect } from '../sql/dialect.ts';
import type { Sql, SqlValue } from '../sql/sql.ts';
import { StorageError } from '../sql/storage-errors.ts';
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

/** One transaction on one connection. Cannot be used once it has ended. */
export class PostgresTransaction implements Sql {
  readonly dialect = postgresDialect;
  readonly #client: PoolClient;
  readonly #effects: (() => void)[] = [];
  #open = true;
  #failure: Error | undefined;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  /** The first failure of a statement: PostgreSQL refuses all statements after it, and so must the commit. */
  get failure(): Error | undefined {
    return this.#failure;
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

  async transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    return work(this);
  }

  afterCommit(effect: () => void): void {
    this.#effects.push(effect);
  }

  /** Refuses further statements: a late one would end up in somebody else's transaction. */
  end(): void {
    this.#open = false;
  }

  /** Runs the effects that wait for the commit. */
  committed(): void {
    for (const effect of this.#effects) effect();
  }

  async #query(text: string, params: readonly SqlValue[]): ReturnType<typeof query> {
    if (!this.#open)
      throw new StorageError('The transaction is over: await every store call in it');
    try {
      return await query(this.#client, text, params);
    } catch (error) {
      this.#failure ??= error as Error;
      throw error;
    }
  }
}
