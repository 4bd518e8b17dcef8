import type { Storage } from '@poolhouse/core';
import type { MigrateOptions } from '../migrations/migrate.ts';
import { SqlStorage } from './sql-storage.ts';
import { openSqlite } from '../sqlite/open-sqlite.ts';

/** Which kind of database, and where it is. */
export type StorageOptions = (
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string }
) &
  MigrateOptions;

/**
 * Opens a database, creates it if it is missing, and brings its tables up to date. Fails with StorageOpenError, whose message says how to
 * fix the problem.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  if (options.kind === 'sqlite') return new SqlStorage(await openSqlite(options.file, options));
  // Loaded only when needed: a server on SQLite needs no PostgreSQL driver in memory.
  const { openPostgres } = await import('../postgres/open-postgres.ts');
  return new SqlStorage(await openPostgres(options.url, options));
}
