import { createSecretKey, type KeyObject } from 'node:crypto';
import { decryptAesGcm, encryptAesGcm } from './aes-gcm.ts';
import { decodeCanonical } from '../primitives/base64-text.ts';
import { frame } from '../primitives/framing.ts';
import type { Random } from '../primitives/random.ts';
import { TamperedError, WrongKeyError } from './sealing-errors.ts';

/** A configured key-encryption key: 32 bytes, and a name that is stored with what it wraps. */
export interface KeyEncryptionKey {
  /** 1 to 64 of letters, digits, `_` and `-`. */
  readonly id: string;
  readonly key: Buffer;
}

/** The key-encryption keys of this server: the first wraps, all unwrap, so that keys can be replaced while the server runs. */
export interface KeyRing {
  /** The id of the key that wraps. */
  readonly currentId: string;
  readonly keys: ReadonlyMap<string, KeyObject>;
}

const KEY_BYTES = 32;
const KEY_ID = /^[A-Za-z0-9_-]{1,64}$/;
const WRAPPED = /^k1\.([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]+)$/;

/** Makes a ring from configured keys; throws if there is none, or if one has the wrong length or appears twice. */
export function makeKeyRing(configured: readonly KeyEncryptionKey[]): KeyRing {
  const [first] = configured;
  if (first === undefined) throw new Error('a key ring needs at least one key');
  const keys = new Map<string, KeyObject>();
  for (const { id, key } of configured) {
    if (!KEY_ID.test(id)) throw new Error(`"${id}" is not a key id (letters, digits, _ and -)`);
    if (keys.has(id)) throw new Error(`the key id "${id}" is used twice`);
    if (key.length !== KEY_BYTES) {
      throw new Error(`the key "${id}" has ${key.length} bytes instead of ${KEY_BYTES}`);
    }
    keys.set(id, createSecretKey(key));
  }
  return { currentId: first.id, keys };
}

/** Wraps a data key with the ring's first key, bound to the place `aad`: `k1.<key id>.<base64url>`. */
export function wrapDataKey(ring: KeyRing, random: Random, aad: string, dataKey: Buffer): string {
  const key = ring.keys.get(ring.currentId);
  if (key === undefined) throw new WrongKeyError(ring.currentId, 'is not loaded');
  const sealed = encryptAesGcm(key, random, binding(ring.currentId, aad), dataKey);
  return `k1.${ring.currentId}.${sealed.toString('base64url')}`;
}

/** Unwraps a data key; throws `WrongKeyError` if the key that it names is missing or different, `TamperedError` if it is malformed. */
export function unwrapDataKey(ring: KeyRing, aad: string, wrapped: string): Buffer {
  const id = wrappingKeyId(wrapped);
  const key = ring.keys.get(id);
  if (key === undefined) throw new WrongKeyError(id, 'is not loaded');
  const sealed = decodeCanonical(wrapped.slice(`k1.${id}.`.length), 'base64url');
  if (sealed === undefined) throw new TamperedError('the wrapped data key is malformed');
  const dataKey = decryptAesGcm(key, binding(id, aad), sealed);
  if (dataKey === undefined) {
    throw new WrongKeyError(
      id,
      'does not open the data key: it is another key, or the row changed',
    );
  }
  return dataKey;
}

/** The id of the key that wraps a data key, to find those that still have to be re-wrapped. */
export function wrappingKeyId(wrapped: string): string {
  const id = WRAPPED.exec(wrapped)?.[1];
  if (id === undefined) throw new TamperedError('the wrapped data key is malformed');
  return id;
}

function binding(keyId: string, aad: string): Buffer {
  return frame(['data key', keyId, aad]);
}
