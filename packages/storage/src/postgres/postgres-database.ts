import type { Pool, PoolClient } from 'pg';
import { StorageUnavailableError, type Health } from '@poolhouse/core';
import { postgresDialect } from '../dialect.ts';
import type { Database, Sql, SqlValue } from '../sql.ts';
import { asksForRetry, fromPostgres, isLostConnection } from './postgres-error.ts';
import { PostgresTransaction, query } from './postgres-transaction.ts';

/** How often a transaction is run again that the database ended because of another one. */
const maxRetries = 5;
/** Other nodes write too: how old a record from memory may be (PoolStore, ClientStore, AccessKeyStore). */
const cacheMaxAgeMs = 1_000;
/** Held until the transaction ends. The numbers are any that nobody else's advisory locks use; schemas do not wait for one another. */
const takeStartLock = `SELECT pg_advisory_xact_lock(1665001, hashtext(coalesce(current_schema(), '')))`;

/** A PostgreSQL database over a pool of connections. Takes the pool over: `close` ends it. */
export class PostgresDatabase implements Database {
  readonly dialect = postgresDialect;
  readonly cacheMaxAgeMs = cacheMaxAgeMs;
  readonly #pool: Pool;
  readonly #lockPool: () => Pool;
  /** Connections that have been used: those may have died unnoticed since. */
  readonly #used = new WeakSet<PoolClient>();

  /** `lockPool` makes a pool whose one connection may wait as long as it takes for another node. */
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
    // A connection of its own: one of the pool would be missing to `work`, and would not wait for more than some seconds.
    const lock = new PostgresDatabase(this.#lockPool(), this.#lockPool);
    const done: T[] = [];
    try {
      await lock.transaction(async (tx) => {
        await tx.one(takeStartLock, []);
        done.push(await work());
      });
    } catch (error) {
      // The lock was lost after the work was done: that is no failure of the work.
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

  /** PostgreSQL has checksums of its pages, and its own watch over them. */
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
      // What the database said first is the cause of whatever followed.
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
   * Takes a connection and runs something on it that changes nothing. A connection that died while it was idle is
   * replaced by the next, and the request does not see it; a new one that fails, or any that kept us waiting, is told.
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
  // A failed transaction answers COMMIT with ROLLBACK, as if all were well.
  if (text === 'COMMIT' && command !== 'COMMIT')
    throw new StorageUnavailableError('the database did not commit');
}

function isTimeout(error: unknown): boolean {
  const cause = (error as { readonly cause?: unknown }).cause;
  return cause instanceof Error && /timeout/i.test(cause.message);
}
