import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { SqlValue } from '../sql/sql.ts';
import { straight } from '../sql/straight.ts';
import { fromSqlite } from './sqlite-error.ts';

/** Enough for every text in this package. Bounded all the same, because the texts of user changes are composed. */
const maxStatements = 300;

/** A prepared statement, which returns rows as arrays, and a function that turns them into objects. */
interface Prepared {
  readonly statement: StatementSync;
  readonly rowOf: (values: readonly unknown[]) => unknown;
}

/** One connection with its prepared statements. Every call is synchronous and leaves no statement open. */
export class Connection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, Prepared>();

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
      const { statement, rowOf } = this.#prepared(text);
      const values = statement.get(...params) as unknown as readonly unknown[] | undefined;
      return values && rowOf(values);
    } catch (error) {
      throw fromSqlite(error);
    }
  }

  all(text: string, params: readonly SqlValue[]): unknown[] {
    try {
      const { statement, rowOf } = this.#prepared(text);
      const rows = statement.all(...params) as unknown as readonly (readonly unknown[])[];
      return rows.map(rowOf);
    } catch (error) {
      throw fromSqlite(error);
    }
  }

  run(text: string, params: readonly SqlValue[]): number {
    try {
      return Number(this.#prepared(text).statement.run(...params).changes);
    } catch (error) {
      throw fromSqlite(error);
    }
  }

  close(): void {
    this.#statements.clear();
    guarded(() => this.#database.close());
  }

  #prepared(text: string): Prepared {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    if (this.#statements.size >= maxStatements) this.#statements.clear();
    // If LIMIT is a bare parameter, SQLite's planner looks at its value and re-prepares the statement for each new one.
    const statement = this.#database.prepare(
      text.replaceAll('LIMIT ?', 'LIMIT CAST(? AS INTEGER)'),
    );
    statement.setReturnArrays(true);
    const prepared = { statement, rowOf: rowMaker(statement) };
    this.#statements.set(text, prepared);
    return prepared;
  }
}

/** The driver's own row objects are dictionaries: reading their members costs twice as much as for rows of one shape. */
function rowMaker(statement: StatementSync): (values: readonly unknown[]) => unknown {
  return straight('values', () => {
    const columns = statement.columns().map(({ name }) => JSON.stringify(name));
    return `return { ${columns.map((name, at) => `${name}: values[${at}]`).join(', ')} };`;
  });
}

function guarded<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw fromSqlite(error);
  }
}
