/** Every difference between the two databases' SQL. Type names are for migrations only. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** Text that is compared by code point. */
  readonly text: string;
  /** A 64-bit integer, for milliseconds and counters. */
  readonly bigint: string;
  /** An integer for flags and small numbers. */
  readonly int: string;
  /** A column that numbers rows in order of arrival. */
  readonly rowNumber: string;
  /** Ends the column list of an index that is walked by its values, then by `user_no`. */
  readonly thenUserNo: string;
  /** Ends the CREATE TABLE of narrow tables that are only ever read by their whole key. */
  readonly clusteredByKey: string;
  /** Ends a SELECT of rows that the same transaction is about to change. */
  readonly forUpdate: string;
  /** Ends a SELECT of a row that the transaction deletes: also waits for transactions that merely refer to it. */
  readonly forUpdateKey: string;
  /** Ends a SELECT of a row that must not change before the transaction ends. */
  readonly forShare: string;
  /** Ends a SELECT of a row that must not be deleted before the transaction ends. */
  readonly forKeyShare: string;
  /** Ends a SELECT of rows to take, skipping those that another transaction is taking. */
  readonly forUpdateSkipLocked: string;
}

/** SQLite has one writer at a time, so transactions need no row locks. BINARY, its default collation, compares UTF-8 bytes. */
export const sqliteDialect: Dialect = {
  name: 'sqlite',
  text: 'TEXT',
  bigint: 'INTEGER',
  int: 'INTEGER',
  rowNumber: 'INTEGER PRIMARY KEY',
  // In SQLite, every index ends with the row number anyway.
  thenUserNo: '',
  clusteredByKey: ' WITHOUT ROWID',
  forUpdate: '',
  forUpdateKey: '',
  forShare: '',
  forKeyShare: '',
  forUpdateSkipLocked: '',
};

/** "NO KEY", so that changing a record does not delay inserts that refer to it. */
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
