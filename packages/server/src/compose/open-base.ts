import { rmSync } from 'node:fs';
import {
  makeKeyRing,
  makeVault,
  openServerSecrets,
  sealOldChain,
  systemRandom,
  WrongKeyError,
  type Log,
  type Storage,
} from '@poolhouse/core';
import { openStorage } from '@poolhouse/storage';
import { makeAccessKeys } from '../access-keys/access-keys.ts';
import { makeLog, type ServerLog } from '../adapters/log.ts';
import { makeOutageLog } from '../adapters/outage-log.ts';
import type { ServerConfig } from '../config/config.ts';
import { makeDataFolder } from '../config/data-folder.ts';
import { keyFileOf, type KeyFile } from '../config/key-file.ts';
import { refuseLostDatabase } from '../config/lost-database.ts';
import { keepLastOwner } from '../pools/last-owner.ts';
import type { Replacements } from './replacements.ts';

/** What the server and the command line both need. */
export type Base = Awaited<ReturnType<typeof openBase>>;

/** Opens it: keys, log, database, access keys. */
export async function openBase(config: ServerConfig, replacements: Replacements) {
  const keyFile = keyFileOf(config);
  const ring = makeKeyRing(config.keys ?? keyFile?.keys ?? []);
  const ownLog =
    replacements.log === undefined ? makeLog(config.logLevel, config.logFile) : undefined;
  const log = makeOutageLog(replacements.log ?? (ownLog as ServerLog));
  const clock = replacements.clock ?? { nowMs: () => Date.now() };
  makeDataFolder(config.dataFolder);
  const forgetNewKey = () => {
    if (keyFile?.isNew === true) rmSync(keyFile.file, { force: true });
  };
  const storage = await openDatabase(config, { replacements, keyFile, log }).catch(
    (error: unknown) => {
      // A newly created key that opens nothing would later be taken for the key of the existing database.
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
