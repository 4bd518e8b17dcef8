import { existsSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StorageOptions } from '../storage/open-storage.ts';
import type { Sql } from '../sql/sql.ts';
import { Connection } from '../sqlite/connection.ts';
import { takeLock } from '../sqlite/open-sqlite.ts';
import { SqliteTransaction } from '../sqlite/sqlite-transaction.ts';
import { BackupError } from './format/backup-format.ts';
import { restoreRows } from './restore.ts';

/**
 * Fills a database from a backup, all or nothing. The database must not exist yet (SQLite) or be empty (PostgreSQL). Returns the number of
 * rows in each table.
 */
export async function restoreBackup(
  options: StorageOptions,
  file: string,
): Promise<Readonly<Record<string, number>>> {
  if (options.kind === 'sqlite') return restoreSqlite(options, file);
  const { PostgresDatabase } = await import('../postgres/postgres-database.ts');
  const { makePatientPool, openError } = await import('../postgres/open-postgres.ts');
  const pool = () => makePatientPool(options.url);
  const database = new PostgresDatabase(pool(), pool);
  try {
    return await database.transaction(async (tx) => {
      await refuseTables(tx);
      return restoreRows(tx, file, options.steps);
    });
  } catch (error) {
    throw error instanceof BackupError ? error : openError(options.url, error);
  } finally {
    await database.close();
  }
}

async function refuseTables(tx: Sql): Promise<void> {
  const found = await tx.one(
    `SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'schema_migrations'`,
    [],
  );
  if (found !== undefined)
    throw new BackupError(
      'The PostgreSQL database holds tables of Poolhouse already. Restore into an empty database, then let POOLHOUSE_DATABASE_URL name it.',
    );
}

async function restoreSqlite(
  { file: target, steps }: StorageOptions & { readonly kind: 'sqlite' },
  file: string,
): Promise<Readonly<Record<string, number>>> {
  // SQLite would replay another database's log into this one.
  const there = [target, `${target}-wal`, `${target}-shm`].filter((path) => existsSync(path));
  if (there.length > 0)
    throw new BackupError(
      `${there.join(' and ')} ${there.length === 1 ? 'is' : 'are'} there already. Stop the server and move ${there.length === 1 ? 'it' : 'them'} away first.`,
    );
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const hadLock = existsSync(`${target}.lock`);
  const lock = takeLock(target);
  const draft = `${target}.restoring`;
  rmSync(draft, { force: true });
  try {
    const rows = await fill(draft, file, steps);
    linkSync(draft, target);
    for (const path of process.platform === 'win32' ? [] : [dirname(target)]) await flush(path);
    return rows;
  } catch (error) {
    if (!hadLock) rmSync(`${target}.lock`, { force: true });
    throw error;
  } finally {
    lock.close();
    rmSync(draft, { force: true });
  }
}

async function fill(
  draft: string,
  file: string,
  steps: StorageOptions['steps'],
): Promise<Readonly<Record<string, number>>> {
  const made = await open(draft, 'wx', 0o600);
  await made.close();
  const connection = new Connection(draft, 0);
  let rows: Readonly<Record<string, number>>;
  try {
    // If anything fails, the draft is deleted. It is flushed to disk as a whole at the end.
    connection.exec(
      'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN',
    );
    rows = await restoreRows(new SqliteTransaction(connection), file, steps);
    connection.exec('COMMIT');
    for (const check of ['foreign_key_check', 'integrity_check']) {
      const [first] = connection.all(`PRAGMA ${check}`, []) as Record<string, unknown>[];
      if (first !== undefined && first[check] !== 'ok')
        throw new BackupError(
          `The restored database does not hold together (${check}). Use another backup.`,
        );
    }
  } finally {
    connection.close();
  }
  await flush(draft);
  return rows;
}

async function flush(path: string): Promise<void> {
  const handle = await open(path);
  await handle.sync();
  await handle.close();
}
