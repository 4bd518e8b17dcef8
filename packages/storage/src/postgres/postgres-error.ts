import { PoolGoneError, StorageUnavailableError } from '@poolhouse/core';
import { sqlState } from '../sql/sql-state.ts';
import { StorageError } from '../sql/storage-errors.ts';

/** The database asks to run the transaction again: a deadlock, or a serialization failure. */
export function asksForRetry(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40P01' || state === '40001';
}

/** The connection is unusable; it is unknown whether the server carried out the last request. */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof StorageUnavailableError)) return false;
  const state = sqlState(error);
  return state === '' || state.startsWith('08') || state.startsWith('57P');
}

/** SQLSTATE classes and codes for trouble with the server rather than the statement. Source: PostgreSQL, appendix A. */
const unavailable: readonly (readonly [start: string, reason: string])[] = [
  ['08', 'the connection to the database was lost'],
  ['25006', 'the database is read-only'],
  ['25P03', 'a transaction was idle for too long'],
  ['28', 'the database refused the log-in'],
  ['3D000', 'the database does not exist'],
  ['40', 'the database could not order this transaction among others'],
  ['53100', 'the disk of the database is full'],
  ['53', 'the database is out of resources'],
  ['55P03', 'a lock was not free in time'],
  ['57014', 'a statement took too long'],
  ['57', 'the database is shutting down or starting'],
  ['58', 'the database reports a system error'],
];

/** Converts a driver error into one of ours. */
export function fromPostgres(error: unknown): Error {
  const state = sqlState(error);
  // No SQLSTATE means that nothing came from the server: no route, no answer, or a truncated one.
  if (state === '')
    return new StorageUnavailableError('the database cannot be reached', { cause: error });
  // The only foreign key that can fail is the one to the pool, since nothing else that records refer to is deleted without it.
  if (state === '23503') return new PoolGoneError(undefined, { cause: error });
  const reason = unavailable.find(([start]) => state.startsWith(start))?.[1];
  if (reason !== undefined) return new StorageUnavailableError(reason, { cause: error });
  return new StorageError(`PostgreSQL refused a statement (${state})`, { cause: error });
}
