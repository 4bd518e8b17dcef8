import { mkdirSync, rmSync } from 'node:fs';
import {
  makeKeyRing,
  makeVault,
  sealOldChain,
  SERVER_SECRETS,
  systemRandom,
  WrongKeyError,
  type Clock,
  type Log,
  type Storage,
  type Vault,
} from '@poolhouse/core';
import { openStorage } from '@poolhouse/storage';
import { makeAccessKeys } from '../access-keys/access-keys.ts';
import { makeLog, type ServerLog } from '../adapters/log.ts';
import { makeOutageLog } from '../adapters/outage-log.ts';
import { ConfigError } from '../config/config-error.ts';
import type { ServerConfig } from '../config/config.ts';
import { readKeyFile, type KeyFile } from '../config/key-file.ts';
import { keepLastOwner } from '../last-owner.ts';
import { refuseLostDatabase } from './lost-database.ts';
import type { Replacements } from './replacements.ts';

/** What the server and the command line both need. */
export async function openBase(config: ServerConfig, replacements: Replacements) {
  const keyFile = keyFileOf(config);
  const ring = makeKeyRing(config.keys ?? keyFile?.keys ?? []);
  const ownLog = replacements.log === undefined ? openLog(config) : undefined;
  const log = makeOutageLog(replacements.log ?? (ownLog as ServerLog));
  const clock = replacements.clock ?? { nowMs: () => Date.now() };
  makeDataFolder(config.dataFolder);
  const forgetNewKey = () => {
    if (keyFile?.isNew === true) rmSync(keyFile.file, { force: true });
  };
  const storage = await openDatabase(config, { replacements, keyFile, log }).catch(
    (error: unknown) => {
      // A key that was just made and opens nothing would be taken for the key of what is there.
      forgetNewKey();
      throw error;
    },
  );
  log.watch(storage);
  const vault = makeVault(storage.stores, { ring, random: systemRandom, clock });
  const close = async () => {
    log.close();
    await storage.close();
    await ownLog?.close();
  };
  let isNewDatabase: boolean;
  try {
    isNewDatabase = await openServerSecrets(storage, vault, clock);
    const count = await sealOldChain(storage, { vault, random: systemRandom, clock });
    if (count > 0) log.warn('audit.sealed-anew', { count });
  } catch (error) {
    await close();
    if (error instanceof WrongKeyError) forgetNewKey();
    throw error;
  }
  const accessKeys = makeAccessKeys(storage, { vault, random: systemRandom, clock });
  return { storage, vault, log, clock, accessKeys, keyFile, isNewDatabase, close };
}

async function openDatabase(
  config: ServerConfig,
  parts: {
    readonly replacements: Replacements;
    readonly keyFile: KeyFile | undefined;
    readonly log: Log;
  },
): Promise<Storage> {
  const { keyFile, log } = parts;
  const { migrations: steps } = parts.replacements;
  refuseLostDatabase(config, keyFile);
  return keepLastOwner(await openStorage({ ...config.database, log, ...(steps && { steps }) }));
}

/**
 * Makes the server's own data key where there is none, and proves that the loaded keys open it: WrongKeyError if not. Answers
 * whether the database was new.
 */
async function openServerSecrets(storage: Storage, vault: Vault, clock: Clock): Promise<boolean> {
  const known = await storage.stores.dataKeys.of(SERVER_SECRETS);
  if (known.length === 0) {
    await storage.transaction(async (stores) => {
      if ((await stores.dataKeys.of(SERVER_SECRETS)).length > 0) return;
      await vault.create(stores, SERVER_SECRETS, clock.nowMs());
    });
  }
  await vault.of(SERVER_SECRETS);
  return known.length === 0;
}

function keyFileOf(config: ServerConfig): KeyFile | undefined {
  if (config.keys !== undefined) return undefined;
  return readKeyFile(config.dataFolder, {
    mayMake: config.mode === 'development',
    because: config.modeBecause,
    databaseFile: config.database.kind === 'sqlite' ? config.database.file : undefined,
  });
}

function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      'POOLHOUSE_DATA',
      `names the folder ${folder}, which cannot be made (${code ?? 'unknown reason'})`,
      'Let the user that runs Poolhouse write there, or choose another folder.',
    );
  }
}

function openLog(config: ServerConfig): ServerLog {
  return makeLog(config.logLevel, config.logFile);
}
