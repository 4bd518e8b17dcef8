import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StorageOpenError } from '../sql/storage-errors.ts';
import { migrate, type MigrateOptions } from '../migrations/migrate.ts';
import { Connection } from './connection.ts';
import { closeInOrder, markOpen, refuseWithoutLog } from './in-use.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { isBusy, sqliteCode } from './sqlite-error.ts';

/** How long to wait for a predecessor that is just ending; a second process is refused within a second. */
const lockWaitMs = 500;
/** Calls block the whole process, so waiting for other processes' locks is done elsewhere, without blocking. */
const busyMs = 20;
/** The write queue waits for such locks, and for the log to restart. */
const writerBusyMs = 1;

/** Opens a database file, creating it and its folder if missing, and brings its tables up to date. */
export async function openSqlite(
  path: string,
  options: MigrateOptions = {},
): Promise<SqliteDatabase> {
  const file = resolve(path);
  makeFolder(dirname(file));
  makePrivate(file);
  const lock = takeLock(file);
  const hadLog = existsSync(`${file}-wal`);
  let writer: Connection | undefined;
  let reader: Connection | undefined;
  let isOurs = false;
  try {
    writer = new Connection(file, writerBusyMs);
    refuseWithoutLog(writer, file, hadLog);
    isOurs = true;
    prepareWriter(writer, file);
    reader = new Connection(file, busyMs);
    // With memory mapping, reading a page of a large database takes no system call.
    reader.exec(
      'PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000; PRAGMA mmap_size = 2147418112',
    );
    const database = new SqliteDatabase(file, { writer, reader, lock }, options.log);
    await migrate(database, options);
    markOpen(writer);
    return database;
  } catch (error) {
    reader?.close();
    if (writer !== undefined && isOurs) closeInOrder(writer);
    else writer?.close();
    lock.close();
    throw openError(file, error);
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StorageOpenError(
      `The folder ${folder} cannot be created (${errorCode(error)}). Let the user that runs Poolhouse write there, or choose another place for the database.`,
      { cause: error },
    );
  }
}

/** Creates the file before SQLite does, so that nobody else can ever read it; SQLite copies the mode to its side files. */
function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    throw new StorageOpenError(
      `The database file ${file} cannot be written (${errorCode(error)}). Give the user that runs Poolhouse the file and its folder, or choose another place for the database.`,
      { cause: error },
    );
  }
}

/** An exclusive lock on a file beside the database. The operating system releases it when the process ends, however it ends. */
export function takeLock(file: string): Connection {
  let lock: Connection | undefined;
  try {
    const lockFile = `${file}.lock`;
    closeSync(openSync(lockFile, 'a', 0o600));
    lock = new Connection(lockFile, lockWaitMs);
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (!isBusy(error)) throw openError(file, error);
    throw new StorageOpenError(
      `The database file ${file} is in use by another Poolhouse process. Stop that process, or give this one a file of its own. Several processes can share a PostgreSQL database.`,
      { cause: error },
    );
  }
}

function prepareWriter(writer: Connection, file: string): void {
  // Every acknowledged write is on disk: FULL flushes the log at each commit.
  const mode = writer.one('PRAGMA journal_mode = WAL', []) as { readonly journal_mode: string };
  if (mode.journal_mode !== 'wal')
    throw new StorageOpenError(
      `The file system of ${file} cannot hold a SQLite database with a write-ahead log. Put the database on a local disk.`,
    );
  // Deleted data is overwritten: SQLite would otherwise leave it in the free parts of the file.
  writer.exec(
    'PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;' +
      'PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 1000',
  );
}

/** Fixes for failures to open, by SQLite's primary result code. Source: sqlite.org/rescode.html. */
const fixes = new Map<number, string>([
  [5, 'is locked by another program. Close that program, then start again.'],
  [8, 'is read-only. Let the user that runs Poolhouse write it.'],
  [
    10,
    'cannot be read or written: the disk reports an error. Check the disk, then restore a backup if needed.',
  ],
  [11, 'is damaged. Restore it from a backup.'],
  [13, 'cannot be opened because the disk is full. Free some space.'],
  [14, 'cannot be opened. Let the user that runs Poolhouse read and write it and its folder.'],
  [26, 'is not a SQLite database. Choose another file, or restore it from a backup.'],
]);

function openError(file: string, error: unknown): Error {
  if (error instanceof StorageOpenError) return error;
  const fix = fixes.get(sqliteCode(error) & 0xff);
  if (fix === undefined) return error as Error;
  return new StorageOpenError(`The database file ${file} ${fix}`, { cause: error });
}

function errorCode(error: unknown): string {
  return String((error as { readonly code?: unknown }).code);
}
