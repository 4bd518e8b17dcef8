import pg from 'pg';
import type { PoolConfig } from 'pg';
import { StorageUnavailableError } from '@poolhouse/core';
import type { Log } from '@poolhouse/core';
import { migrate, type MigrateOptions } from '../migrations/migrate.ts';
import { StorageOpenError } from '../sql/storage-errors.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { sqlState } from '../sql/sql-state.ts';

/** The type id of int8, which the driver returns as text by default; all of ours fit into a number. */
const int8 = 20;

const config: PoolConfig = {
  max: 10,
  connectionTimeoutMillis: 5_000,
  idleTimeoutMillis: 30_000,
  keepAlive: true,
  application_name: 'poolhouse',
  // The driver times out first, so that a request soon learns that the server no longer answers.
  query_timeout: 5_000,
  lock_timeout: 4_000,
  statement_timeout: 10_000,
  idle_in_transaction_session_timeout: 10_000,
  types: {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
  },
};

/** Schema changes may take long, and wait for another node that makes them. */
const patient: PoolConfig = {
  ...config,
  max: 1,
  query_timeout: 0,
  lock_timeout: 0,
  statement_timeout: 0,
  idle_in_transaction_session_timeout: 0,
};

/** Connects to a database and brings its tables up to date. `url` is a `postgres://` URL and is never shown. */
export async function openPostgres(
  url: string,
  options: MigrateOptions = {},
): Promise<PostgresDatabase> {
  const { log } = options;
  const patientPool = () => makePatientPool(url, log);
  const migrating = new PostgresDatabase(patientPool(), patientPool);
  try {
    await migrate(migrating, options);
  } catch (error) {
    throw openError(url, error);
  } finally {
    await migrating.close();
  }
  return new PostgresDatabase(makePool(url, config, log), patientPool);
}

/** Makes a pool with one connection and no time limits. */
export function makePatientPool(url: string, log?: Log): pg.Pool {
  return makePool(url, patient, log);
}

function makePool(url: string, options: PoolConfig, log: Log | undefined): pg.Pool {
  let pool: pg.Pool;
  try {
    pool = new pg.Pool({ ...options, connectionString: url });
  } catch (error) {
    throw new StorageOpenError(
      'The database URL cannot be read. It looks like postgres://user:password@host:5432/database.',
      { cause: error },
    );
  }
  // Without a listener, the error would end the process; the pool replaces the connection by itself.
  const lost = (error: Error): void =>
    log?.warn('database.connection-lost', { reason: error.message });
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Fixes for failures to open, by the beginning of the SQLSTATE. Source: PostgreSQL, appendix A. */
const fixes: readonly (readonly [start: string, fix: string])[] = [
  ['28', 'refused the log-in. Check user and password in the database URL.'],
  ['3D000', 'has no database of that name. Create it, or correct the database URL.'],
  ['42501', 'does not let this user make tables. Grant CREATE on the schema to the user.'],
  ['25006', 'is read-only. Give the address of the primary server.'],
  ['53', 'is out of resources (connections, memory or disk). Free some, or raise its limits.'],
  ['57', 'is shutting down or starting. Try again shortly.'],
];

/** The error for the operator when opening failed, with the fix. */
export function openError(url: string, error: unknown): Error {
  if (error instanceof StorageOpenError && sqlState(error.cause) === '') return error;
  const cause = error instanceof StorageOpenError ? error.cause : error;
  const server = `The PostgreSQL server ${hostOf(url)}`;
  const fix = fixes.find(([start]) => sqlState(cause).startsWith(start))?.[1];
  if (fix !== undefined) return new StorageOpenError(`${server} ${fix}`, { cause });
  if (error instanceof StorageUnavailableError)
    return new StorageOpenError(
      `${server} cannot be reached. Check host and port in the database URL, and that the server is running.`,
      { cause },
    );
  return error as Error;
}

/** Only host and port: a URL may contain a password. */
function hostOf(url: string): string {
  return URL.parse(url)?.host ?? 'in the database URL';
}
