import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

/** The time step of this moment. */
export function stepNow(): number {
  return Math.floor(Date.now() / STEP_MS);
}

/** The code of an authenticator application at a time step. Source: RFC 6238; RFC 4226, section 5.3. */
export function codeAt(base32: string, step: number): string {
  let bits = '';
  for (const letter of base32) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  const value = mac.readUInt32BE(mac.readUInt8(mac.length - 1) & 15) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, '0');
}

/** A new secret in base32. */
export function newSecret(random: Uint8Array): string {
  return [...random].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}
