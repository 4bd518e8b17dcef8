import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeKeyRing, makeVault, systemRandom, type WrappedDataKey } from '@poolhouse/core';
import { BackupError, readBackup, restoreBackup, writeBackup } from '@poolhouse/storage/backup';
import type { ServerConfig } from '../config/config.ts';
import { parseKeys, type ConfiguredKey } from '../config/key-encryption-keys.ts';
import { keyFileIn, readKeyFile } from '../config/key-file.ts';

/** What a backup holds. */
export interface BackupFacts {
  readonly createdAtMs: number;
  readonly rows: Readonly<Record<string, number>>;
  /** The ids of the keys that open it. */
  readonly keyIds: readonly string[];
  /** Whether the keys are in it. */
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
    throw new BackupError('There are no keys, and so no database of this server.');
  let facts: BackupFacts | undefined;
  await writeBackup(config.database, file, {
    nowMs: Date.now(),
    ...(withKeys && { keys: textOf(keys) }),
    async check(draft) {
      facts = await inspect(draft, keys);
    },
  });
  return facts as BackupFacts;
}

/** Puts a backup in the place of a database that is not there, after it has been read to its end and its keys have opened it. */
export async function restore(config: ServerConfig, file: string): Promise<BackupFacts> {
  const keys = keysOf(config);
  const facts = await inspect(file, keys);
  await restoreBackup(config.database, file);
  if (keys === undefined) await keepKeys(config, file);
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

/** Reads a whole backup, and opens the data key of the server and of each pool. */
async function inspect(
  file: string,
  given: readonly ConfiguredKey[] | undefined,
): Promise<BackupFacts> {
  const wrapped: WrappedDataKey[] = [];
  let [columns, createdAtMs]: [readonly string[] | undefined, number] = [undefined, 0];
  let own: string | undefined;
  let rows: Readonly<Record<string, number>> = {};
  for await (const item of readBackup(file)) {
    if (item.kind === 'header') ({ createdAtMs, keys: own } = item.header);
    else if (item.kind === 'table') columns = item.table === 'data_keys' ? item.columns : undefined;
    else if (item.kind === 'end') ({ rows } = item);
    else if (columns !== undefined) wrapped.push(dataKey(columns, item.row));
  }
  const keys = given ?? (own === undefined ? undefined : parseKeys(file, own));
  if (keys === undefined)
    throw new BackupError(
      `${file} opens with its keys only, and they are not in it. Set POOLHOUSE_KEYS, or put the key file into the data folder.`,
    );
  await openAll(wrapped, keys);
  return { createdAtMs, rows, keyIds: keys.map(({ id }) => id), hasKeys: own !== undefined };
}

function dataKey(columns: readonly string[], row: readonly unknown[]): WrappedDataKey {
  const at = (column: string) => row[columns.indexOf(column)];
  return {
    owner: String(at('owner')),
    version: Number(at('version')),
    wrapped: String(at('wrapped')),
    createdAtMs: Number(at('created_at_ms')),
  };
}

/** Throws WrongKeyError about the first data key that these keys do not open. */
async function openAll(
  wrapped: readonly WrappedDataKey[],
  keys: readonly ConfiguredKey[],
): Promise<void> {
  if (wrapped.length === 0) throw new BackupError('The backup holds no data keys.');
  const of = async (owner: string) =>
    wrapped.filter((key) => key.owner === owner).toSorted((a, b) => b.version - a.version);
  const refuse = () => Promise.reject(new Error('a backup is only read'));
  const dataKeys = { of, createIfAbsent: refuse, rewrap: refuse, list: async () => wrapped };
  const clock = { nowMs: () => Date.now() };
  const vault = makeVault({ dataKeys }, { ring: makeKeyRing(keys), random: systemRandom, clock });
  for (const owner of new Set(wrapped.map((key) => key.owner))) await vault.of(owner);
}

/** The keys of the backup become the key file of the data folder. */
async function keepKeys(config: ServerConfig, file: string): Promise<void> {
  for await (const item of readBackup(file)) {
    if (item.kind !== 'header') return;
    const path = keyFileIn(config.dataFolder);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, item.header.keys ?? '', { mode: 0o600, flag: 'wx' });
  }
}

function textOf(keys: readonly ConfiguredKey[]): string {
  return keys.map(({ id, key }) => `${id}:${key.toString('base64')}\n`).join('');
}
