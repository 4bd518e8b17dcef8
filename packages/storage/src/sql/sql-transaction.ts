import type { Dialect } from './dialect.ts';
import type { Sql, SqlValue } from './sql.ts';
import { StorageError } from './storage-errors.ts';

/** One transaction on one connection. Cannot be used once it has ended. */
export abstract class SqlTransaction implements Sql {
  abstract readonly dialect: Dialect;
  readonly #effects: (() => void)[] = [];
  #open = true;
  #failure: Error | undefined;

  abstract one<Row>(text: string, params: readonly SqlValue[]): Promise<Row | undefined>;
  abstract all<Row>(text: string, params: readonly SqlValue[]): Promise<readonly Row[]>;
  abstract run(text: string, params: readonly SqlValue[]): Promise<number>;

  /** The first failure of a statement: the transaction must not be committed, even if its caller went on. */
  get failure(): Error | undefined {
    return this.#failure;
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

  /** Called before each statement. Throws once the transaction has ended. */
  protected requireOpen(): void {
    if (!this.#open)
      throw new StorageError('The transaction is over: await every store call in it');
  }

  /** Notes why a statement failed. Returns the error, to be thrown. */
  protected failed(error: unknown): unknown {
    this.#failure ??= error as Error;
    return error;
  }
}
