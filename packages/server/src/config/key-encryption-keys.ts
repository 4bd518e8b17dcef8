import { ConfigError } from './config-error.ts';

/** A configured key-encryption key. */
export interface ConfiguredKey {
  readonly id: string;
  readonly key: Buffer;
}

const KEY_BYTES = 32;
const ID = /^[A-Za-z0-9_-]{1,64}$/;
const BASE64 = /^[A-Za-z0-9+/]{43}=$/;

/** How an operator creates a key. */
export const HOW_TO_MAKE_A_KEY =
  'Create one with: echo "main:$(head -c 32 /dev/urandom | base64)", and keep it apart from the database';

/**
 * Parses key-encryption keys, `id:base64` each, separated by commas or line breaks; the first one encrypts. Error messages never contain a
 * key. Source: security.md 4.
 */
export function parseKeys(setting: string, text: string): readonly ConfiguredKey[] {
  const entries = text
    .split(/[,\r\n]+/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (entries.length === 0) {
    throw new ConfigError(setting, 'holds no key', `${HOW_TO_MAKE_A_KEY}.`);
  }
  const ids = new Set<string>();
  return entries.map((entry, index) => {
    const colon = entry.indexOf(':');
    const [id, encoded] = [entry.slice(0, Math.max(0, colon)), entry.slice(colon + 1)];
    const which = ID.test(id) ? `the key "${id}"` : `key number ${index + 1}`;
    const refuse = (problem: string) =>
      new ConfigError(setting, `is malformed: ${which} ${problem}`, `${HOW_TO_MAKE_A_KEY}.`);
    if (!ID.test(id))
      throw refuse('must begin with an id of letters, digits, _ and -, followed by a colon');
    if (ids.has(id)) throw refuse('appears twice');
    if (!BASE64.test(encoded)) throw refuse(`is not ${KEY_BYTES} bytes in base64`);
    const key = Buffer.from(encoded, 'base64');
    if (new Set(key).size < KEY_BYTES / 4) throw refuse('is not random');
    ids.add(id);
    return { id, key };
  });
}
