import { sqliteDialect } from '../sql/dialect.ts';
import type { Sql, SqlValue } from '../sql/sql.ts';
import { StorageError } from '../sql/storage-errors.ts';
import type { Connection } from './connection.ts';

/** One unit of work on the writing connection. Cannot be used once it has ended. */
export class SqliteTransaction implements Sql {
  readonly dialect = sqliteDialect;
  readonly #writer: Pick<Connection, 'one' | 'all' | 'run'>;
  readonly #effects: (() => void)[] = [];
  #open = true;
  #failure: Error | undefined;
  #changes = 0;

  constructor(writer: Pick<Connection, 'one' | 'all' | 'run'>) {
    this.#writer = writer;
  }

  /** The first failure of a statement: the unit must not be committed, even if its caller went on. */
  get failure(): Error | undefined {
    return this.#failure;
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

  #call<T>(statement: () => T): T {
    if (!this.#open)
      throw new StorageError('The transaction is over: await every store call in it');
    try {
      return statement();
    } catch (error) {
      this.#failure ??= error as Error;
      throw error;
    }
  }
}
