import { PoolGoneError, StorageUnavailableError } from '@poolhouse/core';
import { StorageError } from '../sql/storage-errors.ts';

/** SQLite's extended result code of a driver error, or of an error from {@link fromSqlite}; 0 for anything else. */
export function sqliteCode(error: unknown): number {
  if (error instanceof StorageUnavailableError || error instanceof StorageError)
    return sqliteCode(error.cause);
  const code = (error as { readonly errcode?: unknown } | undefined)?.errcode;
  return typeof code === 'number' ? code : 0;
}

/** Another process holds the lock (SQLITE_BUSY and its variants). */
export function isBusy(error: unknown): boolean {
  return (sqliteCode(error) & 0xff) === 5;
}

/** A flush to disk failed: what was written before it may be lost silently (SQLITE_IOERR_FSYNC, _DIR_FSYNC). */
export function isFailedFlush(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 1034 || code === 1290;
}

/** The file is not what SQLite wrote into it (SQLITE_CORRUPT, SQLITE_NOTADB). */
export function isDamage(error: unknown): boolean {
  return [11, 26].includes(sqliteCode(error) & 0xff);
}

/** Primary codes for trouble with the machine rather than the statement. Source: sqlite.org/rescode.html. */
const unavailable = new Map<number, string>([
  [5, 'the database is locked by another process'],
  [6, 'the database is locked'],
  [7, 'out of memory'],
  [8, 'the database is read-only'],
  [10, 'the disk failed to read or write'],
  [13, 'the disk is full'],
  [14, 'the database file cannot be opened'],
]);

/** Converts an error of node:sqlite into one of ours. */
export function fromSqlite(error: unknown): Error {
  const primary = sqliteCode(error) & 0xff;
  const reason = unavailable.get(primary);
  if (reason !== undefined) return new StorageUnavailableError(reason, { cause: error });
  // SQLITE_CONSTRAINT_FOREIGNKEY. Only the reference to the pool can fail, since nothing else that records refer to is deleted without it.
  if (sqliteCode(error) === 787) return new PoolGoneError(undefined, { cause: error });
  return new StorageError(`SQLite refused a statement (code ${primary})`, { cause: error });
}
