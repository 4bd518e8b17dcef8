/** One hash to compute. */
export interface BcryptTask {
  /** UTF-8. Bytes beyond 72 do not count, nor does anything from a zero byte on. */
  readonly password: Uint8Array;
  /** 4 to 31: the key is set up 2 to this power times. */
  readonly cost: number;
  /** 22 characters. */
  readonly salt: string;
}

const ROUNDS = 16;
const P_WORDS = ROUNDS + 2;
const S_WORDS = 4 * 256;
const KEY_WORDS = 18;
const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Blowfish's subkeys: P, then the four S-boxes side by side. */
interface Subkeys {
  readonly p: Int32Array;
  readonly s: Int32Array;
}

let initial: Subkeys | undefined;

/**
 * The last 31 characters of a bcrypt hash. Only for checking passwords that other systems have hashed: ours are argon2id. Own code, because the whole
 * algorithm is this file, and a package would be one more for a format that only goes. Source: Provos and Mazières, "A Future-Adaptable Password
 * Scheme" (1999); Schneier, "Description of a New Variable-Length Key, 64-Bit Block Cipher (Blowfish)" (1994).
 */
export function bcryptTag({ password, cost, salt }: BcryptTask): string {
  initial ??= digitsOfPi();
  const keys: Subkeys = { p: initial.p.slice(), s: initial.s.slice() };
  const key = keyWords(password);
  const saltWords = wordsOf(decode(salt));
  expand(keys, key, saltWords);
  const saltKey = Int32Array.from({ length: KEY_WORDS }, (_, index) => saltWords[index % 4] ?? 0);
  const noSalt = new Int32Array(4);
  for (let left = 2 ** cost; left > 0; left -= 1) {
    expand(keys, key, noSalt);
    expand(keys, saltKey, noSalt);
  }
  const text = wordsOf(new TextEncoder().encode('OrpheanBeholderScryDoubt'));
  for (let at = 0; at < text.length; at += 2) {
    for (let time = 0; time < 64; time += 1) encrypt(keys, text, at);
  }
  const bytes = Buffer.alloc(24);
  for (const [index, word] of text.entries()) bytes.writeInt32BE(word, index * 4);
  return encode(bytes.subarray(0, 23));
}

/** The password with a zero at its end, over and over. */
function keyWords(password: Uint8Array): Int32Array {
  const zero = password.indexOf(0);
  const bytes = Buffer.concat([zero === -1 ? password : password.subarray(0, zero), Buffer.of(0)]);
  return wordsOf(
    Uint8Array.from({ length: KEY_WORDS * 4 }, (_, index) => bytes[index % bytes.length] ?? 0),
  );
}

function wordsOf(bytes: Uint8Array): Int32Array {
  const buffer = Buffer.from(bytes);
  return Int32Array.from({ length: bytes.length / 4 }, (_, index) => buffer.readInt32BE(index * 4));
}

/** Sets up the subkeys anew from the key, the salt and themselves. */
function expand(keys: Subkeys, key: Int32Array, salt: Int32Array): void {
  const { p, s } = keys;
  for (let at = 0; at < P_WORDS; at += 1) p[at] = (p[at] as number) ^ (key[at] as number);
  const block = new Int32Array(2);
  let word = 0;
  for (const box of [p, s]) {
    for (let at = 0; at < box.length; at += 2, word = (word + 2) & 3) {
      block[0] = (block[0] as number) ^ (salt[word] as number);
      block[1] = (block[1] as number) ^ (salt[word + 1] as number);
      encrypt(keys, block, 0);
      box[at] = block[0];
      box[at + 1] = block[1];
    }
  }
}

/** Encrypts the block of two words at `at`. The inner loop of it all. */
function encrypt({ p, s }: Subkeys, block: Int32Array, at: number): void {
  let left = (block[at] as number) ^ (p[0] as number);
  let right = block[at + 1] as number;
  for (let round = 1; round <= ROUNDS; round += 2) {
    right ^= mixed(s, left) ^ (p[round] as number);
    left ^= mixed(s, right) ^ (p[round + 1] as number);
  }
  block[at] = right ^ (p[P_WORDS - 1] as number);
  block[at + 1] = left;
}

function mixed(s: Int32Array, word: number): number {
  const sum = ((s[word >>> 24] as number) + (s[256 | ((word >>> 16) & 255)] as number)) | 0;
  return (
    ((sum ^ (s[512 | ((word >>> 8) & 255)] as number)) + (s[768 | (word & 255)] as number)) | 0
  );
}

/** Blowfish begins with the fractional digits of pi. By Machin's formula, once in a thread, some 50 ms. */
function digitsOfPi(): Subkeys {
  const bits = BigInt((P_WORDS + S_WORDS) * 32);
  const guard = 64n;
  const one = 1n << (bits + guard);
  const arctanOfInverse = (x: bigint) => {
    let sum = 0n;
    let power = one / x;
    for (let n = 1n; power !== 0n; n += 2n) {
      sum += n % 4n === 1n ? power / n : -(power / n);
      power /= x * x;
    }
    return sum;
  };
  const pi = 16n * arctanOfInverse(5n) - 4n * arctanOfInverse(239n);
  const hex = ((pi - 3n * one) >> guard).toString(16).padStart(Number(bits) / 4, '0');
  const words = wordsOf(Buffer.from(hex, 'hex'));
  return { p: words.slice(0, P_WORDS), s: words.slice(P_WORDS) };
}

/** Bcrypt's base64 has its own alphabet and no padding. */
function encode(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const characters = Math.min(bytes.length - at, 3) + 1;
    for (let index = 0; index < characters; index += 1) {
      text += ALPHABET.charAt((group >>> (18 - index * 6)) & 63);
    }
  }
  return text;
}

/** The 16 bytes of a salt. */
function decode(salt: string): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < salt.length; at += 4) {
    let group = 0;
    for (const character of salt.slice(at, at + 4).padEnd(4, '.')) {
      group = (group << 6) | ALPHABET.indexOf(character);
    }
    bytes.push((group >>> 16) & 255, (group >>> 8) & 255, group & 255);
  }
  return Uint8Array.from(bytes.slice(0, 16));
}
