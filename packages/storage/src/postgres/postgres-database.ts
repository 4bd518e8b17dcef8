import type { Pool, PoolClient } from 'pg';
import { StorageUnavailableError, type Health } from '@poolhouse/core';
import { postgresDialect } from '../sql/dialect.ts';
import type { Database, Sql, SqlValue } from '../sql/sql.ts';
import { asksForRetry, fromPostgres, isLostConnection } from './postgres-error.ts';
import { PostgresTransaction, query } from './postgres-transaction.ts';

/** How often to rerun a transaction that the database aborted because of another one. */
const maxRetries = 5;
/** Other nodes write too: how old a record from memory may be (PoolStore, ClientStore, AccessKeyStore). */
const cacheMaxAgeMs = 1_000;
/**
 * Held until the transaction ends. The numbers are any that no other program uses for advisory locks; different schemas do not wait for one
 * another.
 */
const takeStartLock = `SELECT pg_advisory_xact_lock(1665001, hashtext(coalesce(current_schema(), '')))`;

/** A PostgreSQL database over a pool of connections, which it owns: `close` ends the pool. */
export class PostgresDatabase implements Database {
  readonly dialect = postgresDialect;
  readonly cacheMaxAgeMs = cacheMaxAgeMs;
  readonly #pool: Pool;
  readonly #lockPool: () => Pool;
  /** Connections that have been used before: they may have died unnoticed since. */
  readonly #used = new WeakSet<PoolClient>();

  /** `lockPool` makes a pool with a single connection that may wait for another node without a time limit. */
  constructor(pool: Pool, lockPool: () => Pool) {
    this.#pool = pool;
    this.#lockPool = lockPool;
  }

  async one<Row>(text: string, params: readonly SqlValue[]): Promise<Row | undefined> {
    return (await this.all<Row>(text, params))[0];
  }

  async all<Row>(text: string, params: readonly SqlValue[]): Promise<readonly Row[]> {
    const { client, result } = await this.#starting((each) => query(each, text, params));
    client.release();
    return result.rows as Row[];
  }

  async run(text: string, params: readonly SqlValue[]): Promise<number> {
    return this.#whileAsked(async () => {
      const client = await this.#connect();
      try {
        const { rowCount } = await query(client, text, params);
        client.release();
        return rowCount;
      } catch (error) {
        client.release(isLostConnection(error));
        throw error;
      }
    });
  }

  async transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    return this.#whileAsked(() => this.#attempt(work));
  }

  afterCommit(effect: () => void): void {
    effect();
  }

  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    // Needs its own connection: one from the pool would be missing for `work`, and would wait only for some seconds.
    const lock = new PostgresDatabase(this.#lockPool(), this.#lockPool);
    const done: T[] = [];
    try {
      await lock.transaction(async (tx) => {
        await tx.one(takeStartLock, []);
        done.push(await work());
      });
    } catch (error) {
      // The lock was lost after the work was done, so the work did not fail.
      if (done.length === 0) throw error;
    } finally {
      await lock.close();
    }
    return done[0] as T;
  }

  async health(): Promise<Health> {
    try {
      const row = await this.one<{ readonly standby: boolean; readonly read_only: string }>(
        `SELECT pg_is_in_recovery() AS standby, current_setting('transaction_read_only') AS read_only`,
        [],
      );
      if (row?.standby === true || row?.read_only === 'on')
        return { ok: false, reason: 'the database is read-only' };
      return { ok: true };
    } catch (error) {
      if (error instanceof StorageUnavailableError) return { ok: false, reason: error.message };
      throw error;
    }
  }

  /** PostgreSQL can checksum its pages, and monitors them itself. */
  async inspect(): Promise<boolean> {
    return true;
  }

  async close(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end();
  }

  async #attempt<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    const { client } = await this.#starting((each) =>
      control(each, 'BEGIN ISOLATION LEVEL READ COMMITTED'),
    );
    const tx = new PostgresTransaction(client);
    try {
      const value = await work(tx);
      if (tx.failure !== undefined) throw tx.failure;
      tx.end();
      await control(client, 'COMMIT');
      tx.committed();
      client.release();
      return value;
    } catch (error) {
      tx.end();
      // The database's first error is the cause of everything after it.
      const cause = tx.failure ?? error;
      if (isLostConnection(cause)) client.release(true);
      else await rollBack(client);
      throw cause;
    }
  }

  async #connect(): Promise<PoolClient> {
    if (this.#pool.ending) throw new StorageUnavailableError('the database is closed');
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw fromPostgres(error);
    }
  }

  /**
   * Takes a connection and runs something on it that changes nothing. A connection that died while it was idle is replaced by the next one
   * without the request noticing; a failure of a new connection, or one that kept us waiting, is reported.
   */
  async #starting<T>(
    start: (client: PoolClient) => Promise<T>,
  ): Promise<{ readonly client: PoolClient; readonly result: T }> {
    for (;;) {
      const client = await this.#connect();
      const wasIdle = this.#used.has(client);
      this.#used.add(client);
      try {
        return { client, result: await start(client) };
      } catch (error) {
        const lost = isLostConnection(error);
        client.release(lost);
        if (!lost || !wasIdle || isTimeout(error)) throw error;
      }
    }
  }

  async #whileAsked<T>(work: () => Promise<T>): Promise<T> {
    for (let retries = 0; ; retries += 1) {
      try {
        return await work();
      } catch (error) {
        if (!asksForRetry(error) || retries === maxRetries) throw error;
      }
    }
  }
}

async function rollBack(client: PoolClient): Promise<void> {
  try {
    await control(client, 'ROLLBACK');
    client.release();
  } catch {
    client.release(true);
  }
}

/** Runs BEGIN, COMMIT or ROLLBACK. */
async function control(client: PoolClient, text: string): Promise<void> {
  let command: string;
  try {
    ({ command } = await client.query(text));
  } catch (error) {
    throw fromPostgres(error);
  }
  // COMMIT of a failed transaction answers ROLLBACK, without an error.
  if (text === 'COMMIT' && command !== 'COMMIT')
    throw new StorageUnavailableError('the database did not commit');
}

function isTimeout(error: unknown): boolean {
  const cause = (error as { readonly cause?: unknown }).cause;
  return cause instanceof Error && /timeout/i.test(cause.message);
}
