/** Everything in which the two databases' SQL differs. Type names go into migrations only. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** Text that compares by code point. */
  readonly text: string;
  /** Milliseconds and counters: 64 bits. */
  readonly bigint: string;
  /** Flags and small numbers. */
  readonly int: string;
  /** A column that numbers rows in the order of their arrival. */
  readonly rowNumber: string;
  /** Ends the column list of an index that is walked in the order of its values, then of `user_no`. */
  readonly thenUserNo: string;
  /** Ends CREATE TABLE of narrow tables that are read by their whole key only. */
  readonly clusteredByKey: string;
  /** Ends a SELECT of rows that the same transaction is about to change. */
  readonly forUpdate: string;
  /** Ends a SELECT of a row that goes with the transaction: waits for those who just refer to it. */
  readonly forUpdateKey: string;
  /** Ends a SELECT of a row that must not change before the transaction ends. */
  readonly forShare: string;
  /** Ends a SELECT of a row that must not vanish before the transaction ends. */
  readonly forKeyShare: string;
  /** Ends a SELECT of rows to take, leaving out those that another transaction is taking. */
  readonly forUpdateSkipLocked: string;
}

/** SQLite has one writer at a time: a transaction needs no row locks. BINARY, its default, compares UTF-8 bytes. */
export const sqliteDialect: Dialect = {
  name: 'sqlite',
  text: 'TEXT',
  bigint: 'INTEGER',
  int: 'INTEGER',
  rowNumber: 'INTEGER PRIMARY KEY',
  // Every index ends with the row number by itself.
  thenUserNo: '',
  clusteredByKey: ' WITHOUT ROWID',
  forUpdate: '',
  forUpdateKey: '',
  forShare: '',
  forKeyShare: '',
  forUpdateSkipLocked: '',
};

/** "NO KEY": changing a record does not hold up inserts that refer to it. */
export const postgresDialect: Dialect = {
  name: 'postgres',
  text: 'text COLLATE "C"',
  bigint: 'bigint',
  int: 'integer',
  rowNumber: 'bigint GENERATED ALWAYS AS IDENTITY',
  thenUserNo: ', user_no',
  clusteredByKey: '',
  forUpdate: ' FOR NO KEY UPDATE',
  forUpdateKey: ' FOR UPDATE',
  forShare: ' FOR SHARE',
  forKeyShare: ' FOR KEY SHARE',
  forUpdateSkipLocked: ' FOR UPDATE SKIP LOCKED',
};
