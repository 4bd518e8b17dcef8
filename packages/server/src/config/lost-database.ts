import { existsSync, statSync } from 'node:fs';
import { ConfigError } from './config-error.ts';
import type { ServerConfig } from './config.ts';
import { isMadeHere, type KeyFile } from './key-file.ts';

/**
 * Refuses to begin anew where a database has been: an empty server in its place would look healthy. A key file that Poolhouse has
 * made was made with its database; one that the operator has made may be there first.
 */
export function refuseLostDatabase({ database }: ServerConfig, keyFile: KeyFile | undefined): void {
  if (database.kind !== 'sqlite') return;
  // A copy that the disk had no room for, or a wrong redirection, leaves an empty file: nothing is in that either.
  const size = statSync(database.file, { throwIfNoEntry: false })?.size;
  if (size !== undefined && size > 0) return;
  const remains = [`${database.file}-wal`, `${database.file}.lock`].filter((file) =>
    existsSync(file),
  );
  if (keyFile !== undefined && !keyFile.isNew && isMadeHere(keyFile)) remains.unshift(keyFile.file);
  if (remains.length === 0) return;
  throw new ConfigError(
    database.file,
    `is ${size === undefined ? 'gone' : 'empty'}: ${remains.join(' and ')} ${remains.length === 1 ? 'is' : 'are'} left of it`,
    `Put it back, or restore a backup with: poolhouse restore FILE. To begin anew without it, move ${remains.join(' and ')} away.`,
  );
}
