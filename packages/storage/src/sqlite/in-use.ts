import { StorageOpenError } from '../sql/storage-errors.ts';
import type { Connection } from './connection.ts';

/*
 * The file's header says whether Poolhouse has it open, in `user_version`, which SQLite leaves to the application. It is written into the
 * file itself at the start, and cleared only by a clean end, which leaves no write-ahead log. So a file that says "open" and has no log
 * beside it has lost what was in the log: it was copied alone while a server was running.
 */
const OPEN = 1;
const CLOSED = 0;

/** Refuses a file whose write-ahead log is missing. `hadLog`: whether there was one before the file was opened. */
export function refuseWithoutLog(writer: Connection, file: string, hadLog: boolean): void {
  const row = writer.one('PRAGMA user_version', []) as { readonly user_version: number };
  if (row.user_version !== OPEN || hadLog) return;
  throw new StorageOpenError(
    `The database file ${file} was in use when it was copied, and ${file}-wal, which holds what was written last, is not there. Put it beside the file, or restore a backup with: poolhouse restore FILE. A copy that is whole by itself (made by sqlite3's .backup or VACUUM INTO) starts once there is an empty file ${file}-wal.`,
  );
}

/** Marks the file itself as open. */
export function markOpen(writer: Connection): void {
  writer.exec(`PRAGMA user_version = ${OPEN}; PRAGMA wal_checkpoint(TRUNCATE)`);
}

/** Closes the last connection to a file cleanly: SQLite then moves the whole log into the file. */
export function closeInOrder(writer: Connection): void {
  try {
    writer.exec(`PRAGMA user_version = ${CLOSED}`);
  } catch {
    // A full disk, or damage: then the log stays, and so does the mark.
  }
  writer.close();
}
