import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config-error.ts';
import type { ServerConfig } from './config.ts';
import { ON_YOUR_OWN_MACHINE } from './mode.ts';
import { HOW_TO_MAKE_A_KEY, parseKeys, type ConfiguredKey } from './key-encryption-keys.ts';

/** Keys, and whether they were just created. */
export interface KeyFile {
  readonly keys: readonly ConfiguredKey[];
  readonly file: string;
  readonly isNew: boolean;
}

/** Where the key file of a data folder is. */
export function keyFileIn(dataFolder: string): string {
  return join(dataFolder, NAME);
}

/** Prefix of the ids of keys that were created here. */
const MADE_HERE = 'file-';

/** Whether Poolhouse, and not the operator, created this key file. */
export function isMadeHere({ keys }: KeyFile): boolean {
  return keys.some(({ id }) => id.startsWith(MADE_HERE));
}

/** The name of the key file in the data folder. */
const NAME = 'poolhouse.key';
const OTHERS = 0o077;

/**
 * Reads the key file of the data folder. If it is missing, development creates it and production throws. If the database already
 * exists, both throw, because a new key could not open it. Source: security.md 4.
 */
export function readKeyFile(
  dataFolder: string,
  options: {
    readonly mayMake: boolean;
    /** Why it may not, for the error message. */
    readonly because?: string;
    readonly databaseFile: string | undefined;
  },
): KeyFile {
  const file = join(dataFolder, NAME);
  try {
    if (existsSync(file)) return { keys: readChecked(file), file, isNew: false };
    if (!options.mayMake) {
      throw new ConfigError(
        'POOLHOUSE_KEYS',
        `is not set, there is no key file ${file}, and this is production${options.because === undefined ? '' : `: ${options.because}`}`,
        `${HOW_TO_MAKE_A_KEY}. ${ON_YOUR_OWN_MACHINE}.`,
      );
    }
    if (options.databaseFile !== undefined && existsSync(options.databaseFile)) {
      throw new ConfigError(
        file,
        `is missing, but the database ${options.databaseFile} was created with it`,
        'Put the key file back, or set POOLHOUSE_KEYS to its content.',
      );
    }
    return make(dataFolder, file);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      'POOLHOUSE_DATA',
      `names a folder whose key file ${file} cannot be used (${code ?? 'unknown reason'})`,
      'Let the user that runs Poolhouse read and write the folder, or choose another one.',
    );
  }
}

/** The key file of this configuration; `undefined` if the keys are in its settings. */
export function keyFileOf(config: ServerConfig): KeyFile | undefined {
  if (config.keys !== undefined) return undefined;
  return readKeyFile(config.dataFolder, {
    mayMake: config.mode === 'development',
    because: config.modeBecause,
    databaseFile: config.database.kind === 'sqlite' ? config.database.file : undefined,
  });
}

/** The content of a key file with these keys. */
export function textOfKeys(keys: readonly ConfiguredKey[]): string {
  return keys.map(({ id, key }) => `${id}:${key.toString('base64')}\n`).join('');
}

/** Creates a key file with this content; throws if there is one. */
export function putKeyFile(dataFolder: string, text: string): void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  writeFileSync(keyFileIn(dataFolder), text, { mode: 0o600, flag: 'wx' });
}

function readChecked(file: string): readonly ConfiguredKey[] {
  // Windows has no such mode bits; there, the folder's access list decides.
  if (process.platform !== 'win32' && (statSync(file).mode & OTHERS) !== 0) {
    throw new ConfigError(file, 'can be read by others', `Run: chmod 600 ${file}.`);
  }
  return parseKeys(file, readFileSync(file, 'utf8'));
}

function make(dataFolder: string, file: string): KeyFile {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  // Each file's key has its own id, so that a wrong file can be recognised by it.
  const id = `${MADE_HERE}${randomBytes(4).toString('hex')}`;
  const text = `${id}:${randomBytes(32).toString('base64')}\n`;
  // Written to a draft and linked into place: if several processes start at once, only one creates the file, and none reads half of it.
  const draft = `${file}.${id}`;
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
  try {
    chmodSync(draft, 0o600);
    linkSync(draft, file);
    return { keys: parseKeys(file, text), file, isNew: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { keys: readChecked(file), file, isNew: false };
  } finally {
    rmSync(draft, { force: true });
  }
}
