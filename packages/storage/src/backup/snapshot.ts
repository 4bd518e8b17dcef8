import { DatabaseSync } from 'node:sqlite';
import type { StorageOptions } from '../storage/open-storage.ts';
import { fromSqlite, isDamage } from '../sqlite/sqlite-error.ts';
import { BackupError, type RowLine, type Snapshot } from './format/backup-format.ts';

const BATCH = 500;
/** How long to wait for another process's lock. */
const BUSY_MS = 5_000;

/** Starts reading a database, while a server may be running on it. */
export async function openSnapshot(options: StorageOptions): Promise<Snapshot> {
  if (options.kind === 'sqlite') return openSqliteSnapshot(options.file);
  const { openPostgresSnapshot } = await import('../postgres/postgres-snapshot.ts');
  return openPostgresSnapshot(options.url, BATCH);
}

function openSqliteSnapshot(file: string): Snapshot {
  const failed = (error: unknown) => (isDamage(error) ? damaged(file) : fromSqlite(error));
  let database: DatabaseSync | undefined;
  try {
    // Read-only, so that closing it leaves the log for the server, or for the start after a crash.
    database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
    database.exec('PRAGMA cell_size_check = ON; BEGIN');
    const found = database.prepare('PRAGMA integrity_check(1)').get();
    if (found?.['integrity_check'] !== 'ok') throw damaged(file);
    return sqliteSnapshot(database, failed);
  } catch (error) {
    database?.close();
    throw error instanceof BackupError ? error : failed(error);
  }
}

function sqliteSnapshot(database: DatabaseSync, failed: (error: unknown) => Error): Snapshot {
  return {
    async *read(select) {
      try {
        const statement = database.prepare(select);
        statement.setReturnArrays(true);
        const columns = statement.columns().map(({ name }) => name);
        let rows: RowLine[] = [];
        for (const row of statement.iterate()) {
          rows.push(row as unknown as RowLine);
          if (rows.length < BATCH) continue;
          yield { columns, rows };
          rows = [];
        }
        yield { columns, rows };
      } catch (error) {
        throw failed(error);
      }
    },
    async close() {
      database.close();
    },
  };
}

function damaged(file: string): BackupError {
  return new BackupError(
    `The database file ${file} is damaged. Restore it from an earlier backup.`,
  );
}
