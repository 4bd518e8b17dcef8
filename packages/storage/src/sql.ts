import type { Health } from '@poolhouse/core';
import type { Dialect } from './dialect.ts';

/** What a statement takes and gives. Booleans travel as 0 and 1, so that both databases agree. */
export type SqlValue = string | number | null;

/**
 * Runs SQL text that both databases understand, with `?` for each parameter. Texts are prepared once and kept,
 * so they must come from a small fixed set: values never go into the text.
 * Failures of the database arrive as StorageUnavailableError or StorageError, never as a driver's error.
 */
export interface Sql {
  readonly dialect: Dialect;
  /** The first row. Outside a transaction a plain read: use `run` or a transaction for statements that write. */
  one<Row>(text: string, params: readonly SqlValue[]): Promise<Row | undefined>;
  /** All rows; the same rule as for `one`. */
  all<Row>(text: string, params: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Runs a writing statement; answers how many rows it wrote. */
  run(text: string, params: readonly SqlValue[]): Promise<number>;
  /** Runs `work` in one transaction; joins the transaction that is open already. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  /** Runs `effect` once the writes so far are committed: at once outside a transaction, never after a rollback. */
  afterCommit(effect: () => void): void;
}

/** One open database. */
export interface Database extends Sql {
  /** How long a record of this database may be answered from memory; `Infinity` when only this process writes. */
  readonly cacheMaxAgeMs: number;
  /** Runs `work` while no other process that uses this database runs such work. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  health(): Promise<Health>;
  /** Looks for damage beside the requests; see `Storage.inspect`. */
  inspect(): Promise<boolean>;
  close(): Promise<void>;
}
