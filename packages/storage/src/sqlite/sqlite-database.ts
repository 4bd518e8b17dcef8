import { statSync } from 'node:fs';
import { StorageUnavailableError, type Health, type Log } from '@poolhouse/core';
import { sqliteDialect } from '../sql/dialect.ts';
import type { Database, Sql, SqlValue } from '../sql/sql.ts';
import { makeCheckpoints, type Checkpoints } from './checkpoints.ts';
import { closeInOrder } from './in-use.ts';
import type { Connection } from './connection.ts';
import { lookThrough } from './integrity.ts';
import { isDamage } from './sqlite-error.ts';
import { WriteQueue } from './write-queue.ts';

/** How long to trust that the file is still in place before looking again, in milliseconds. */
const fileCheckMs = 1_000;
const DAMAGED = 'the database file is damaged';

/** The connections to one database file: all writes go through one, reads outside transactions through the other. */
export interface SqliteConnections {
  readonly writer: Connection;
  readonly reader: Connection;
  /** Holds the operating system's lock that keeps other processes away. */
  readonly lock: Connection;
}

/** A SQLite file, opened by this process alone. */
export class SqliteDatabase implements Database {
  readonly dialect = sqliteDialect;
  readonly cacheMaxAgeMs = Infinity;
  readonly #file: string;
  readonly #log: Log | undefined;
  readonly #connections: SqliteConnections;
  readonly #reader: Connection;
  readonly #writes: WriteQueue;
  readonly #checkpoints: Checkpoints;
  #exclusive: Promise<unknown> = Promise.resolve();
  #isDamaged = false;
  #closed = false;

  constructor(file: string, connections: SqliteConnections, log?: Log) {
    this.#file = file;
    this.#log = log;
    this.#connections = connections;
    this.#reader = connections.reader;
    this.#checkpoints = makeCheckpoints(file, connections.writer, log);
    this.#writes = new WriteQueue(connections.writer, placeCheck(file), (changes) =>
      this.#checkpoints.committed(changes),
    );
  }

  async one<Row>(text: string, params: readonly SqlValue[]): Promise<Row | undefined> {
    if (this.#closed) throw closedError();
    try {
      return this.#reader.one(text, params) as Row | undefined;
    } catch (error) {
      throw this.#noted(error);
    }
  }

  async all<Row>(text: string, params: readonly SqlValue[]): Promise<readonly Row[]> {
    if (this.#closed) throw closedError();
    try {
      return this.#reader.all(text, params) as Row[];
    } catch (error) {
      throw this.#noted(error);
    }
  }

  async run(text: string, params: readonly SqlValue[]): Promise<number> {
    return this.transaction((tx) => tx.run(text, params));
  }

  async transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    try {
      return await this.#writes.add(work);
    } catch (error) {
      throw this.#noted(error);
    }
  }

  afterCommit(effect: () => void): void {
    effect();
  }

  /** One after the other in this process; the lock on the file keeps other processes away. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#exclusive.then(work);
    this.#exclusive = mine.catch(() => undefined);
    return mine;
  }

  async health(): Promise<Health> {
    try {
      await this.one('PRAGMA user_version', []);
      // Only while writes fail: one small write finds out whether they still do.
      if (this.#writes.trouble !== undefined)
        await this.transaction(async (tx) =>
          tx.run('UPDATE write_probe SET tries = tries + 1', []),
        );
    } catch (error) {
      if (error instanceof StorageUnavailableError && !this.#isDamaged)
        return { ok: false, reason: error.message };
      if (!this.#isDamaged) throw error;
    }
    if (this.#isDamaged) return { ok: false, reason: DAMAGED, isDamaged: true };
    const trouble = this.#writes.trouble;
    return trouble === undefined ? { ok: true } : { ok: false, reason: trouble };
  }

  async inspect(): Promise<boolean> {
    if (this.#closed || this.#isDamaged) return true;
    const look = await lookThrough(this.#file);
    if (typeof look === 'object' && !this.#closed) this.#endFor(look.damage);
    return look !== 'put-off';
  }

  /** Damage does not repair itself, and whatever is written now could be lost with the rest. */
  #noted(error: unknown): unknown {
    if (isDamage(error)) this.#endFor((error as Error).message);
    return error;
  }

  #endFor(found: string): void {
    if (this.#isDamaged) return;
    this.#isDamaged = true;
    this.#writes.refuse(DAMAGED);
    this.#log?.error('storage.damaged', {
      file: this.#file,
      found,
      fix: 'Stop the server, keep the file, and restore a backup with: poolhouse restore FILE.',
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#writes.stop();
    await this.#checkpoints.close();
    this.#reader.close();
    closeInOrder(this.#connections.writer);
    this.#connections.lock.close();
  }
}

function closedError(): StorageUnavailableError {
  return new StorageUnavailableError('the database is closed');
}

/** SQLite keeps writing to a removed file, and everything would be lost when the process ends, so check from time to time. */
function placeCheck(file: string): () => boolean {
  const opened = statSync(file);
  let lookedAtMs = performance.now();
  return () => {
    const nowMs = performance.now();
    if (nowMs - lookedAtMs < fileCheckMs) return true;
    lookedAtMs = nowMs;
    const found = statSync(file, { throwIfNoEntry: false });
    return found !== undefined && found.ino === opened.ino && found.dev === opened.dev;
  };
}
