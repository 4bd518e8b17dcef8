import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { decryptAesGcm, encryptAesGcm, NONCE_BYTES } from './aes-gcm.ts';
import { decodeCanonical } from '../primitives/base64-text.ts';
import { frame } from '../primitives/framing.ts';
import type { Random } from '../primitives/random.ts';
import { TamperedError } from './sealing-errors.ts';

/** The only place where a sealed value can be opened. */
export interface SealedPlace {
  readonly table: string;
  /** The row's identity, unique in the table. */
  readonly row: string;
  readonly column: string;
}

/** The operations on a pool's data keys, which themselves are never handed out. Source: security.md 4. */
export interface PoolSecrets {
  /** The version of the data key that seals; it is part of every sealed value. */
  readonly version: number;
  /** Encrypts a value for one place: `v1.<data key version>.<base64url>`. */
  seal(random: Random, place: SealedPlace, plaintext: Buffer | string): string;
  /** Decrypts a value in its place, whichever version sealed it; throws `TamperedError`. */
  open(place: SealedPlace, sealed: string): Buffer;
  /**
   * Re-seals a value in its place with the version that seals now: `v1.<data key version>.<mark>.<base64url>`. A value that already has
   * this version, or a newer one, is returned unchanged. For {@link sealedMark} it stays the same value. Throws `TamperedError`.
   */
  reseal(random: Random, place: SealedPlace, sealed: string): string;
  /** Seals another form of the value that `sealed` is in this place: for {@link sealedMark} it stays the same value. */
  restate(random: Random, place: SealedPlace, sealed: string, plaintext: string): string;
  /** The key for one purpose, the same on every node and in every version: for MACs, sealed states, simulated users. */
  subkey(purpose: string): KeyObject;
}

/** One version of a data key. */
export interface DataKey {
  /** 32 bytes. */
  readonly key: Buffer;
  readonly version: number;
}

const KEY_BYTES = 32;
/** Characters of a nonce in base64url. */
const MARK_CHARACTERS = (NONCE_BYTES * 4) / 3;
const SEALED = new RegExp(
  String.raw`^v1\.(\d{1,9})\.(?:([A-Za-z0-9_-]{${MARK_CHARACTERS}})\.)?([A-Za-z0-9_-]+)$`,
);

/**
 * Distinguishes a sealed value from any that was sealed before or after it, and reveals nothing else: it is the nonce with which it was
 * first sealed. A re-sealed value has another nonce, with the mark beside it.
 */
export function sealedMark(sealed: string): string {
  const [, , mark, encoded] = SEALED.exec(sealed) ?? [];
  return mark ?? encoded?.slice(0, MARK_CHARACTERS) ?? sealed;
}

/**
 * Makes the secrets of a pool (or another owner) from all versions of its data key, one of which seals. Subkeys are derived from the
 * oldest, so that a rotation invalidates no code and no session, and changes no simulated user.
 */
export function makePoolSecrets(
  poolId: string,
  dataKeys: readonly DataKey[],
  sealingVersion: number,
): PoolSecrets {
  const derive = (root: KeyObject, info: Buffer): KeyObject =>
    createSecretKey(Buffer.from(hkdfSync('sha256', root, '', info, KEY_BYTES)));
  const byAge = dataKeys.toSorted((a, b) => a.version - b.version);
  const roots = byAge.map(({ key }) => {
    if (key.length !== KEY_BYTES) throw new Error(`a data key has ${KEY_BYTES} bytes`);
    return createSecretKey(key);
  });
  const sealing = frame(['poolhouse', 'seal', poolId]);
  const sealingKeys = new Map(
    roots.map((root, index) => [String(byAge[index]?.version), derive(root, sealing)]),
  );
  const [oldest] = roots;
  const sealingKey = sealingKeys.get(String(sealingVersion));
  if (oldest === undefined || sealingKey === undefined) {
    throw new Error(`${poolId} has no data key of version ${sealingVersion}`);
  }
  const subkeys = new Map<string, KeyObject>();
  const binding = ({ table, row, column }: SealedPlace, version: string, mark?: string): Buffer =>
    frame(['sealed', table, poolId, row, column, version, ...(mark === undefined ? [] : [mark])]);
  const opened = (place: SealedPlace, text: string) => {
    const where = `${place.table}.${place.column}`;
    const [, version = '', mark, encoded] = SEALED.exec(text) ?? [];
    const sealed = encoded === undefined ? undefined : decodeCanonical(encoded, 'base64url');
    if (sealed === undefined) throw new TamperedError(`${where} holds no sealed value`);
    const key = sealingKeys.get(version);
    if (key === undefined) {
      throw new TamperedError(
        `${where} is sealed under data key version ${version}, which is gone`,
      );
    }
    const plain = decryptAesGcm(key, binding(place, version, mark), sealed);
    if (plain === undefined) throw new TamperedError(`${where} was changed or moved`);
    return { version, plain };
  };
  const encrypted = (random: Random, place: SealedPlace, plain: Buffer, mark?: string) => {
    const bound = binding(place, String(sealingVersion), mark);
    return encryptAesGcm(sealingKey, random, bound, plain).toString('base64url');
  };
  return {
    version: sealingVersion,
    seal: (random, place, plaintext) =>
      `v1.${sealingVersion}.${encrypted(random, place, Buffer.from(plaintext as string))}`,
    open: (place, text) => opened(place, text).plain,
    reseal(random, place, text) {
      const { version, plain } = opened(place, text);
      if (Number(version) >= sealingVersion) return text;
      // Never with its present nonce: somebody who knows an older key could have chosen that to match one that this key has used.
      const mark = sealedMark(text);
      return `v1.${sealingVersion}.${mark}.${encrypted(random, place, plain, mark)}`;
    },
    restate(random, place, sealed, plaintext) {
      const mark = sealedMark(sealed);
      const plain = Buffer.from(plaintext);
      return `v1.${sealingVersion}.${mark}.${encrypted(random, place, plain, mark)}`;
    },
    subkey(purpose) {
      const known = subkeys.get(purpose);
      if (known !== undefined) return known;
      const key = derive(oldest, frame(['poolhouse', 'subkey', poolId, purpose]));
      subkeys.set(purpose, key);
      return key;
    },
  };
}
