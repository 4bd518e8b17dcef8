import type { Health } from '@poolhouse/core';
import type { Dialect } from './dialect.ts';

/** What a statement takes and returns. Booleans are passed as 0 and 1, so that both databases agree. */
export type SqlValue = string | number | null;

/**
 * Runs SQL text that both databases understand, with `?` for each parameter. Texts are prepared once and kept, so they must come from a
 * small fixed set: values never go into the text. Database failures arrive as StorageUnavailableError or StorageError, never as a driver's
 * error.
 */
export interface Sql {
  readonly dialect: Dialect;
  /** The first row. Outside a transaction this only reads: use `run` or a transaction for statements that write. */
  one<Row>(text: string, params: readonly SqlValue[]): Promise<Row | undefined>;
  /** All rows; the same rule as for `one`. */
  all<Row>(text: string, params: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Runs a statement that writes; returns how many rows it wrote. */
  run(text: string, params: readonly SqlValue[]): Promise<number>;
  /** Runs `work` in one transaction, or in the current one if there is one. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  /** Runs `effect` once the writes so far are committed: immediately outside a transaction, never after a rollback. */
  afterCommit(effect: () => void): void;
}

/** One open database. */
export interface Database extends Sql {
  /** How long a record of this database may be answered from memory; `Infinity` if only this process writes. */
  readonly cacheMaxAgeMs: number;
  /** Runs `work` while no other process that uses this database runs such work. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  health(): Promise<Health>;
  /** Looks for damage while requests are served; see `Storage.inspect`. */
  inspect(): Promise<boolean>;
  close(): Promise<void>;
}
