import { existsSync, statSync } from 'node:fs';
import { ConfigError } from './config-error.ts';
import type { ServerConfig } from './config.ts';
import { isMadeHere, type KeyFile } from './key-file.ts';

/**
 * Refuses to create a new database where one has disappeared: an empty server in its place would look healthy. A key file that
 * Poolhouse created proves that a database existed; one that the operator created may exist before the database.
 */
export function refuseLostDatabase({ database }: ServerConfig, keyFile: KeyFile | undefined): void {
  if (database.kind !== 'sqlite') return;
  // A copy to a full disk, or a mistaken redirection, leaves an empty file, which holds no data either.
  const size = statSync(database.file, { throwIfNoEntry: false })?.size;
  if (size !== undefined && size > 0) return;
  const remains = [`${database.file}-wal`, `${database.file}.lock`].filter((file) =>
    existsSync(file),
  );
  if (keyFile !== undefined && !keyFile.isNew && isMadeHere(keyFile)) remains.unshift(keyFile.file);
  if (remains.length === 0) return;
  throw new ConfigError(
    database.file,
    `is ${size === undefined ? 'missing' : 'empty'}, but ${remains.join(' and ')} still ${remains.length === 1 ? 'exists' : 'exist'}`,
    `Put it back, or restore a backup with: poolhouse restore FILE. To start with a new database, move ${remains.join(' and ')} away.`,
  );
}
