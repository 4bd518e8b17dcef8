import type { Storage } from '@poolhouse/core';
import type { MigrateOptions } from './migrations/migrate.ts';
import { SqlStorage } from './sql-storage.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';

/** Which database, and where. */
export type StorageOptions = (
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string }
) &
  MigrateOptions;

/**
 * Opens a database, makes it when absent, and brings its tables up to date.
 * Fails with StorageOpenError, whose message names the fix.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  if (options.kind === 'sqlite') return new SqlStorage(await openSqlite(options.file, options));
  // Loaded only when used: a SQLite server needs no PostgreSQL driver in memory.
  const { openPostgres } = await import('./postgres/open-postgres.ts');
  return new SqlStorage(await openPostgres(options.url, options));
}
