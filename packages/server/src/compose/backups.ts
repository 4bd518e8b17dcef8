import { existsSync } from 'node:fs';
import { makeKeyRing, proveRing } from '@poolhouse/core';
import { BackupError, restoreBackup, sumUpBackup, writeBackup } from '@poolhouse/storage/backup';
import type { ServerConfig } from '../config/config.ts';
import { parseKeys, type ConfiguredKey } from '../config/key-encryption-keys.ts';
import { keyFileIn, putKeyFile, readKeyFile, textOfKeys } from '../config/key-file.ts';

/** What a backup contains. */
export interface BackupFacts {
  readonly createdAtMs: number;
  readonly rows: Readonly<Record<string, number>>;
  /** The ids of the keys that open it. */
  readonly keyIds: readonly string[];
  /** Whether it includes the keys. */
  readonly hasKeys: boolean;
}

/** Writes a backup of the configured database, and reads it to its end before it counts as one. */
export async function backUp(
  config: ServerConfig,
  file: string,
  withKeys: boolean,
): Promise<BackupFacts> {
  const keys = keysOf(config);
  if (keys === undefined)
    throw new BackupError('There are no keys, so this server has no database.');
  let facts: BackupFacts | undefined;
  await writeBackup(config.database, file, {
    nowMs: Date.now(),
    ...(withKeys && { keys: textOfKeys(keys) }),
    async check(draft) {
      ({ facts } = await inspect(draft, keys));
    },
  });
  return facts as BackupFacts;
}

/** Restores a backup to where the configured database is still missing, after reading it to its end and opening it with its keys. */
export async function restore(config: ServerConfig, file: string): Promise<BackupFacts> {
  const keys = keysOf(config);
  const { facts, keys: own = '' } = await inspect(file, keys);
  await restoreBackup(config.database, file);
  // The keys in the backup become those of the data folder.
  if (keys === undefined) putKeyFile(config.dataFolder, own);
  return facts;
}

function keysOf(config: ServerConfig): readonly ConfiguredKey[] | undefined {
  if (config.keys !== undefined) return config.keys;
  if (!existsSync(keyFileIn(config.dataFolder))) return undefined;
  return readKeyFile(config.dataFolder, {
    mayMake: false,
    because: config.modeBecause,
    databaseFile: undefined,
  }).keys;
}

/** Reads a whole backup, and opens the data keys of the server and of each pool. */
async function inspect(
  file: string,
  given: readonly ConfiguredKey[] | undefined,
): Promise<{ readonly facts: BackupFacts; readonly keys: string | undefined }> {
  const { createdAtMs, rows, dataKeys, keys: own } = await sumUpBackup(file);
  const keys = given ?? (own === undefined ? undefined : parseKeys(file, own));
  if (keys === undefined)
    throw new BackupError(
      `${file} does not include its keys, and cannot be opened without them. Set POOLHOUSE_KEYS, or put the key file into the data folder.`,
    );
  if (dataKeys.length === 0) throw new BackupError('The backup contains no data keys.');
  proveRing(makeKeyRing(keys), dataKeys);
  const facts = { createdAtMs, rows, keyIds: keys.map(({ id }) => id), hasKeys: own !== undefined };
  return { facts, keys: own };
}
