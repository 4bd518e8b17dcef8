import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { decryptAesGcm, encryptAesGcm } from './aes-gcm.ts';
import { decodeCanonical } from '../base64-text.ts';
import { frame } from '../framing.ts';
import type { Random } from '../random.ts';
import { TamperedError } from './sealing-errors.ts';

/** The one place where a sealed value may stand. */
export interface SealedPlace {
  readonly table: string;
  /** The row's identity, unique in the table. */
  readonly row: string;
  readonly column: string;
}

/** What can be done with a pool's data key, which itself is not handed out. Source: security.md 4. */
export interface PoolSecrets {
  /** The data key's version, written into every sealed value. */
  readonly version: number;
  /** Encrypts a value for one place: `v1.<data key version>.<base64url>`. */
  seal(random: Random, place: SealedPlace, plaintext: Buffer | string): string;
  /** Decrypts a value in its place; throws `TamperedError`. */
  open(place: SealedPlace, sealed: string): Buffer;
  /** The key for one purpose, the same on every node: for MACs, sealed states, simulated users. */
  subkey(purpose: string): KeyObject;
}

const KEY_BYTES = 32;
const SEALED = /^v1\.(\d{1,9})\.([A-Za-z0-9_-]+)$/;

/** Makes the secrets of a pool (or another owner) of its data key of 32 bytes. */
export function makePoolSecrets(poolId: string, dataKey: Buffer, version: number): PoolSecrets {
  if (dataKey.length !== KEY_BYTES) throw new Error(`a data key has ${KEY_BYTES} bytes`);
  const root = createSecretKey(dataKey);
  const derive = (info: Buffer): KeyObject =>
    createSecretKey(Buffer.from(hkdfSync('sha256', root, '', info, KEY_BYTES)));
  const sealingKey = derive(frame(['poolhouse', 'seal', poolId]));
  const subkeys = new Map<string, KeyObject>();
  const binding = ({ table, row, column }: SealedPlace): Buffer =>
    frame(['sealed', table, poolId, row, column, String(version)]);
  return {
    version,
    seal(random, place, plaintext) {
      const plain = Buffer.from(plaintext as string);
      const sealed = encryptAesGcm(sealingKey, random, binding(place), plain);
      return `v1.${version}.${sealed.toString('base64url')}`;
    },
    open(place, text) {
      const where = `${place.table}.${place.column}`;
      const [, sealedVersion, encoded] = SEALED.exec(text) ?? [];
      const sealed = encoded === undefined ? undefined : decodeCanonical(encoded, 'base64url');
      if (sealed === undefined) throw new TamperedError(`${where} holds no sealed value`);
      if (sealedVersion !== String(version)) {
        throw new TamperedError(
          `${where} is sealed under data key version ${sealedVersion}, not ${version}`,
        );
      }
      const plain = decryptAesGcm(sealingKey, binding(place), sealed);
      if (plain === undefined) throw new TamperedError(`${where} was changed or moved`);
      return plain;
    },
    subkey(purpose) {
      const known = subkeys.get(purpose);
      if (known !== undefined) return known;
      const key = derive(frame(['poolhouse', 'subkey', poolId, purpose]));
      subkeys.set(purpose, key);
      return key;
    },
  };
}
