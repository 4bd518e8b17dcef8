import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import type { Random } from '../primitives/random.ts';

/** The length of a nonce. Random nonces do not collide within four thousand million encryptions under one key. */
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts with AES-256-GCM and a fresh random nonce; the result is nonce, ciphertext and tag, concatenated. */
export function encryptAesGcm(key: KeyObject, random: Random, aad: Buffer, plain: Buffer): Buffer {
  const nonce = random.bytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Reverses `encryptAesGcm`; `undefined` if the key, the place or a single bit differs. */
export function decryptAesGcm(key: KeyObject, aad: Buffer, sealed: Buffer): Buffer | undefined {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const plain = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    return undefined;
  }
}
