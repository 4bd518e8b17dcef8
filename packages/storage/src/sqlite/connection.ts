import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { SqlValue } from '../sql.ts';
import { fromSqlite } from './sqlite-error.ts';

/** Enough for every text of this package; a bound all the same, because texts of user changes are put together. */
const maxStatements = 300;

/** One connection with its prepared statements. Every call is synchronous and leaves no statement open. */
export class Connection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** `busyMs`: how long a call may block the process while another one holds the lock. */
  constructor(file: string, busyMs: number) {
    this.#database = guarded(() => new DatabaseSync(file, { timeout: busyMs }));
  }

  /** Whether a transaction is open; SQLite itself ends it on some failures. */
  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  /** Runs statements without parameters, unprepared. */
  exec(text: string): void {
    guarded(() => this.#database.exec(text));
  }

  one(text: string, params: readonly SqlValue[]): unknown {
    try {
      return this.#prepared(text).get(...params);
    } catch (error) {
      throw fromSqlite(error);
    }
  }

  all(text: string, params: readonly SqlValue[]): unknown[] {
    try {
      return this.#prepared(text).all(...params);
    } catch (error) {
      throw fromSqlite(error);
    }
  }

  run(text: string, params: readonly SqlValue[]): number {
    try {
      return Number(this.#prepared(text).run(...params).changes);
    } catch (error) {
      throw fromSqlite(error);
    }
  }

  close(): void {
    this.#statements.clear();
    guarded(() => this.#database.close());
  }

  #prepared(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    if (this.#statements.size >= maxStatements) this.#statements.clear();
    // SQLite's planner looks at a bare parameter of LIMIT, and then prepares the statement again for each new value.
    const statement = this.#database.prepare(
      text.replaceAll('LIMIT ?', 'LIMIT CAST(? AS INTEGER)'),
    );
    this.#statements.set(text, statement);
    return statement;
  }
}

function guarded<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw fromSqlite(error);
  }
}
