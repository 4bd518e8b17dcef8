import { mkdirSync } from 'node:fs';
import {
  makeKeyRing,
  makeVault,
  sealOldChain,
  SERVER_SECRETS,
  systemRandom,
  type Clock,
  type Log,
  type Storage,
  type Vault,
} from '@poolhouse/core';
import { openStorage } from '@poolhouse/storage';
import { makeAccessKeys } from '../access-keys/access-keys.ts';
import { makeLog, type ServerLog } from '../adapters/log.ts';
import { ConfigError } from '../config/config-error.ts';
import type { ServerConfig } from '../config/config.ts';
import { readKeyFile, type KeyFile } from '../config/key-file.ts';
import { keepLastOwner } from '../last-owner.ts';
import type { Replacements } from './replacements.ts';

/** What the server and the command line both need. */
export async function openBase(config: ServerConfig, replacements: Replacements) {
  const keyFile = keyFileOf(config);
  const ring = makeKeyRing(config.keys ?? keyFile?.keys ?? []);
  const ownLog = replacements.log === undefined ? openLog(config) : undefined;
  const log: Log = replacements.log ?? (ownLog as ServerLog);
  const clock = replacements.clock ?? { nowMs: () => Date.now() };
  makeDataFolder(config.dataFolder);
  const storage = keepLastOwner(
    await openStorage({
      ...config.database,
      log,
      ...(replacements.migrations && { steps: replacements.migrations }),
    }),
  );
  const vault = makeVault(storage.stores, { ring, random: systemRandom, clock });
  const close = async () => {
    await storage.close();
    await ownLog?.close();
  };
  try {
    await openServerSecrets(storage, vault, clock);
    await sealOldChain(storage, { vault, random: systemRandom });
  } catch (error) {
    await close();
    throw error;
  }
  const accessKeys = makeAccessKeys(storage, { vault, random: systemRandom, clock });
  return { storage, vault, log, clock, accessKeys, keyFile, close };
}

/** Makes the server's own data key where there is none, and proves that the loaded keys open it: WrongKeyError if not. */
async function openServerSecrets(storage: Storage, vault: Vault, clock: Clock): Promise<void> {
  const known = await storage.stores.dataKeys.of(SERVER_SECRETS);
  if (known.length === 0) {
    await storage.transaction(async (stores) => {
      if ((await stores.dataKeys.of(SERVER_SECRETS)).length > 0) return;
      await vault.create(stores, SERVER_SECRETS, clock.nowMs());
    });
  }
  await vault.of(SERVER_SECRETS);
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
