import { setImmediate as afterInput, setTimeout as delay } from 'node:timers/promises';
import { StorageUnavailableError } from '@poolhouse/core';
import type { Sql } from '../sql/sql.ts';
import { StorageError } from '../sql/storage-errors.ts';
import type { Connection } from './connection.ts';
import { isBusy, isFailedFlush } from './sqlite-error.ts';
import { SqliteTransaction } from './sqlite-transaction.ts';

/** Units that share one commit at most: beyond this, a burst saves no more flushes. */
const maxShared = 64;
/** Units that may wait; further ones are refused immediately. */
const maxWaiting = 10_000;
/** How long to wait for another process's or thread's lock (security.md F08), and how often to try it. */
const maxBusyMs = 5_000;
const busyPauseMs = 5;
/**
 * Units only await stores, which takes microseconds. One that is still open after this time is abandoned; those that share its commit are
 * not.
 */
const maxOpenMs = 5_000;

/** What the queue needs from the writing connection. */
export type Writer = Pick<Connection, 'one' | 'all' | 'run' | 'exec' | 'inTransaction'>;

interface Unit {
  readonly work: (tx: Sql) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A unit that ran but is not committed yet. `settle` settles it only after the commit. */
interface Outcome {
  readonly unit: Unit;
  readonly tx: SqliteTransaction;
  readonly result: { readonly value: unknown } | { readonly error: unknown };
}

/**
 * The one writer. Units of work run one after the other. Those that wait together share one commit, each in its own savepoint, and each
 * gets its result only after that commit is on disk.
 */
export class WriteQueue {
  readonly #writer: Writer;
  readonly #isFileInPlace: () => boolean;
  readonly #committed: (changes: number) => void;
  #waiting: Unit[] = [];
  #running: Promise<void> | undefined;
  #lastFailure: string | undefined;
  #broken: string | undefined;
  #closed = false;

  /**
   * `isFileInPlace` tells whether the database file is still where it was opened; `committed` is called after each commit with the number
   * of rows that it changed.
   */
  constructor(
    writer: Writer,
    isFileInPlace: () => boolean,
    committed: (changes: number) => void = () => undefined,
  ) {
    this.#writer = writer;
    this.#isFileInPlace = isFileInPlace;
    this.#committed = committed;
  }

  /** Why the last write failed, until one succeeds; permanent after a failed flush. */
  get trouble(): string | undefined {
    return this.#broken ?? this.#lastFailure;
  }

  /** Runs `work` in a transaction as soon as it is its turn. */
  add<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new StorageUnavailableError('the database is closed'));
    if (this.#waiting.length >= maxWaiting)
      return Promise.reject(new StorageUnavailableError('too many writes are waiting'));
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.push({ work, resolve, reject });
    this.#running ??= this.#drain();
    return promise as Promise<T>;
  }

  /** Accepts no more writes, for this reason. */
  refuse(reason: string): void {
    this.#broken = reason;
  }

  /** Refuses further writes and waits for those in progress. */
  async stop(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // All requests that arrived in this turn of the event loop may write before the commit.
      await afterInput();
      await this.#commitTogether(this.#waiting.splice(0, maxShared));
    }
    this.#running = undefined;
  }

  async #commitTogether(units: readonly Unit[]): Promise<void> {
    try {
      await this.#begin();
    } catch (error) {
      for (const unit of units) unit.reject(this.#noted(error));
      return;
    }
    const outcomes: Outcome[] = [];
    for (const unit of units) {
      outcomes.push(await this.#attempt(unit, units.length > 1));
      // A full disk ends the whole transaction, and with it the units before this one.
      if (!this.#writer.inTransaction) break;
    }
    this.#settle(units, outcomes, this.#commit(outcomes));
  }

  async #begin(): Promise<void> {
    if (!this.#isFileInPlace())
      this.#broken = 'the database file was removed or replaced while it was open';
    if (this.#broken !== undefined) throw new StorageUnavailableError(this.#broken);
    const startedMs = performance.now();
    for (;;) {
      try {
        this.#writer.run('BEGIN IMMEDIATE', []);
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() - startedMs > maxBusyMs) throw error;
        await delay(busyPauseMs);
      }
    }
  }

  /** Runs one unit. If it shares the commit and fails, it is rolled back to its savepoint. */
  async #attempt(unit: Unit, shared: boolean): Promise<Outcome> {
    const writer = this.#writer;
    const tx = new SqliteTransaction(writer);
    try {
      if (shared) writer.run('SAVEPOINT unit', []);
      const value = await withinLimit(unit.work(tx));
      if (tx.failure !== undefined) throw tx.failure;
      if (shared) writer.run('RELEASE unit', []);
      return { unit, tx, result: { value } };
    } catch (error) {
      if (shared && writer.inTransaction) this.#undoUnit();
      return { unit, tx, result: { error } };
    } finally {
      tx.end();
    }
  }

  /** Ends the transaction; if nothing was kept, returns why. */
  #commit(outcomes: readonly Outcome[]): Error | undefined {
    const writer = this.#writer;
    try {
      if (!writer.inTransaction) {
        const last = outcomes.at(-1);
        return last !== undefined && 'error' in last.result
          ? (last.result.error as Error)
          : new StorageError('The transaction ended by itself');
      }
      // A single unit has no savepoint, so its failure is undone here.
      const keeps = outcomes.some(({ result }) => 'value' in result);
      writer.run(keeps ? 'COMMIT' : 'ROLLBACK', []);
      return undefined;
    } catch (error) {
      this.#rollBack();
      return error as Error;
    }
  }

  #undoUnit(): void {
    try {
      this.#writer.run('ROLLBACK TO unit', []);
      this.#writer.run('RELEASE unit', []);
    } catch {
      this.#rollBack();
    }
  }

  #rollBack(): void {
    try {
      if (this.#writer.inTransaction) this.#writer.exec('ROLLBACK');
    } catch (error) {
      this.#broken = `a transaction cannot be undone (${String(error)}); restart to go on writing`;
    }
  }

  #settle(units: readonly Unit[], outcomes: readonly Outcome[], failure: Error | undefined): void {
    if (failure !== undefined) {
      const noted = this.#noted(failure);
      units.forEach((unit, index) => {
        const result = outcomes[index]?.result;
        unit.reject(result !== undefined && 'error' in result ? result.error : noted);
      });
      return;
    }
    let changes = 0;
    for (const { unit, tx, result } of outcomes) {
      if ('error' in result) {
        unit.reject(this.#noted(result.error));
        continue;
      }
      if (tx.changes > 0) this.#lastFailure = undefined;
      changes += tx.changes;
      tx.committed();
      unit.resolve(result.value);
    }
    this.#committed(changes);
  }

  #noted(error: unknown): unknown {
    if (isFailedFlush(error)) this.#broken = 'a flush to disk failed; restart to go on writing';
    else if (error instanceof StorageUnavailableError) this.#lastFailure = error.message;
    return error;
  }
}

/** The result of the work, or a failure if it takes too long; its later result is ignored. */
function withinLimit<T>(work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new StorageError(`A transaction was still open after ${maxOpenMs} ms`));
    }, maxOpenMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
