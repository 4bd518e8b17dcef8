import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { decodeCanonical } from '../primitives/base64-text.ts';
import { frame } from '../primitives/framing.ts';
import type { Random } from '../primitives/random.ts';
import { decryptAesGcm, encryptAesGcm } from './aes-gcm.ts';

const KEY_BYTES = 32;
const SEALED = /^e1\.([A-Za-z0-9_-]+)$/;

/** The two halves of the key: destroying either makes everything sealed with it unreadable. */
export interface ErasableKey {
  /** The owner's half, derived from its data key. */
  readonly key: KeyObject;
  /** The person's half: random text that is stored with the person and deleted with the person. */
  readonly salt: string;
}

/** Encrypts a text that has to become unreadable when its person or its pool is deleted: `e1.<base64url>`. */
export function sealErasable(
  { key, salt }: ErasableKey,
  random: Random,
  place: string,
  text: string,
): string {
  const sealed = encryptAesGcm(
    personal(key, salt),
    random,
    frame(['erasable', place]),
    Buffer.from(text),
  );
  return `e1.${sealed.toString('base64url')}`;
}

/** Reverses {@link sealErasable}; `undefined` if a half of the key differs, or the text was changed or moved. */
export function openErasable(
  { key, salt }: ErasableKey,
  place: string,
  sealed: string,
): string | undefined {
  const encoded = SEALED.exec(sealed)?.[1];
  const bytes = encoded === undefined ? undefined : decodeCanonical(encoded, 'base64url');
  if (bytes === undefined) return undefined;
  return decryptAesGcm(personal(key, salt), frame(['erasable', place]), bytes)?.toString('utf8');
}

function personal(key: KeyObject, salt: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, salt, 'erasable', KEY_BYTES)));
}

/** A keyed MAC of a text, in base64url. */
export function macText(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}
