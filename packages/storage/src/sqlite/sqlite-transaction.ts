import { sqliteDialect } from '../sql/dialect.ts';
import { SqlTransaction } from '../sql/sql-transaction.ts';
import type { SqlValue } from '../sql/sql.ts';
import type { Connection } from './connection.ts';

/** One unit of work on the writing connection. */
export class SqliteTransaction extends SqlTransaction {
  readonly dialect = sqliteDialect;
  readonly #writer: Pick<Connection, 'one' | 'all' | 'run'>;
  #changes = 0;

  constructor(writer: Pick<Connection, 'one' | 'all' | 'run'>) {
    super();
    this.#writer = writer;
  }

  /** How many rows it has changed so far. */
  get changes(): number {
    return this.#changes;
  }

  async one<Row>(text: string, params: readonly SqlValue[]): Promise<Row | undefined> {
    return this.#call(() => this.#writer.one(text, params)) as Row | undefined;
  }

  async all<Row>(text: string, params: readonly SqlValue[]): Promise<readonly Row[]> {
    return this.#call(() => this.#writer.all(text, params)) as Row[];
  }

  async run(text: string, params: readonly SqlValue[]): Promise<number> {
    const changes = this.#call(() => this.#writer.run(text, params));
    this.#changes += changes;
    return changes;
  }

  #call<T>(statement: () => T): T {
    this.requireOpen();
    try {
      return statement();
    } catch (error) {
      throw this.failed(error);
    }
  }
}
