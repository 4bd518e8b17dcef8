import { createHmac } from 'node:crypto';
import { equalInConstantTime } from './constant-time.ts';
import type { Random } from './primitives/random.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** Source: behaviour.md 2: 52 characters of base32. */
const SECRET_BYTES = 32;
const STEP_MS = 30_000;
/** Steps before and after the present one whose codes are right, because clocks differ. Source: behaviour.md 2. */
const NEIGHBOURS = 1;

/** A new secret for an authenticator application, in base32 without padding. */
export function makeTotpSecret(random: Random): string {
  let bits = '';
  for (const byte of random.bytes(SECRET_BYTES)) bits += byte.toString(2).padStart(8, '0');
  return bits.replace(/.{1,5}/g, (five) => ALPHABET.charAt(parseInt(five.padEnd(5, '0'), 2)));
}

/** The code of a secret at a time step. Source: RFC 6238 with SHA-1, 6 digits and steps of 30 seconds; RFC 4226 5.3. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const value = mac.readUInt32BE(mac.readUInt8(mac.length - 1) & 0xf) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, '0');
}

/** The time step that a code belongs to, if it is right now. Every step is compared, so that the time does not tell which one. */
export function totpStepOf(secret: string, code: string, nowMs: number): number | undefined {
  const now = Math.floor(nowMs / STEP_MS);
  let found: number | undefined;
  for (let step = now - NEIGHBOURS; step <= now + NEIGHBOURS; step += 1) {
    if (equalInConstantTime(totpCode(secret, step), code)) found = step;
  }
  return found;
}

function bytesOf(base32: string): Buffer {
  let bits = '';
  for (const letter of base32) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => parseInt(eight, 2)));
}
