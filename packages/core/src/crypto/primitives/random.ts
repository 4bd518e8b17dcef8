import { randomBytes, randomFillSync } from 'node:crypto';

/** The port through which core gets random bytes, so that tests can choose them. */
export interface Random {
  /** Returns `count` unpredictable bytes. */
  bytes(count: number): Buffer;
}

/** A draw costs about the same for 12 bytes and for some thousand, so small requests share one. */
const POOL_BYTES = 4_096;
const MOST_POOLED_BYTES = 128;

/** The operating system's cryptographic randomness. Each byte is handed out once and kept nowhere. */
export const systemRandom: Random = { bytes: makePooledBytes() };

function makePooledBytes(): Random['bytes'] {
  const pool = Buffer.allocUnsafeSlow(POOL_BYTES);
  let used = POOL_BYTES;
  return (count) => {
    if (count > MOST_POOLED_BYTES) return randomBytes(count);
    if (used + count > POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    const bytes = Buffer.from(pool.subarray(used, used + count));
    pool.fill(0, used, used + count);
    used += count;
    return bytes;
  };
}

const DIGITS = '0123456789';

/** More refused draws in a row than chance can explain: the source is repeating itself. */
const STUCK_AFTER_DRAWS = 200;

/**
 * Returns `length` characters, each drawn uniformly from `alphabet`. Bytes above the largest multiple of the alphabet's size are drawn
 * again, because a plain remainder would favour the first characters.
 */
export function randomText(random: Random, alphabet: string, length: number): string {
  const size = alphabet.length;
  if (size < 1 || size > 256) throw new RangeError('an alphabet has 1 to 256 characters');
  const limit = 256 - (256 % size);
  let text = '';
  for (let emptyDraws = 0; text.length < length;) {
    const before = text.length;
    for (const byte of random.bytes(length - text.length)) {
      if (byte < limit) text += alphabet.charAt(byte % size);
    }
    emptyDraws = text.length > before ? 0 : emptyDraws + 1;
    if (emptyDraws > STUCK_AFTER_DRAWS) throw new Error('the random source is stuck');
  }
  return text;
}

/** Returns `count` uniformly drawn decimal digits, leading zeros included. */
export function randomDigits(random: Random, count: number): string {
  return randomText(random, DIGITS, count);
}

/** Returns a version 4 UUID in lower case. */
export function randomUuid(random: Random): string {
  return uuidOfBytes(random.bytes(16));
}

/** Makes a version 4 UUID from 16 bytes, of which it keeps 122 bits. Source: RFC 9562 5.4. */
export function uuidOfBytes(bytes: Buffer): string {
  const marked = Buffer.from(bytes);
  marked.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  marked.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = marked.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Returns an opaque base64url text made of `byteCount` random bytes. */
export function randomToken(random: Random, byteCount = 32): string {
  return random.bytes(byteCount).toString('base64url');
}
