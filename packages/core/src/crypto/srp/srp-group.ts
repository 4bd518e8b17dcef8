import {
  constants,
  createPublicKey,
  DiffieHellman,
  getDiffieHellman,
  publicEncrypt,
  type DiffieHellmanGroup,
} from 'node:crypto';

/**
 * The group of SRP: RFC 3526 group 15 (3072 bits) with generator 2. Source: behaviour.md 6.6. One object is reused, because
 * `createDiffieHellman` would test this prime for primality, 1.6 seconds each time.
 */
const group = getDiffieHellman('modp15');

/**
 * Named groups have no `setPrivateKey` of their own, but the method of `DiffieHellman` works on them.
 * Undocumented, so a test guards it.
 */
const setPrivateKey = DiffieHellman.prototype.setPrivateKey as (
  this: DiffieHellmanGroup,
  exponent: Buffer,
) => void;

/** The group's prime, N. */
export const groupPrime = BigInt(`0x${group.getPrime('hex')}`);

/** Bytes of an element of the group. */
export const elementBytes = 384;

const primeForJwk = Buffer.from(group.getPrime()).toString('base64url');

/** Reads a hexadecimal number that is known to be well-formed. */
export function integerOfHex(hex: string): bigint {
  return BigInt(`0x${hex}`);
}

/** Reads bytes as an unsigned integer. */
export function integerOfBytes(bytes: Buffer): bigint {
  return bytes.length === 0 ? 0n : integerOfHex(bytes.toString('hex'));
}

/** Writes an integer as lower-case hex of whole bytes, without leading zero bytes: the form of SALT and SRP_B on the wire. */
export function hexOfInteger(value: bigint): string {
  const hex = value.toString(16);
  return hex.length % 2 === 0 ? hex : `0${hex}`;
}

/** The bytes that SRP hashes: the minimal two's complement form, as Java's `BigInteger.toByteArray()`. */
export function paddedBytes(value: bigint): Buffer {
  const hex = hexOfInteger(value);
  return Buffer.from(/^[89a-f]/.test(hex) ? `00${hex}` : hex, 'hex');
}

/** The least non-negative remainder modulo N. */
export function reduce(value: bigint): bigint {
  const remainder = value % groupPrime;
  return remainder < 0n ? remainder + groupPrime : remainder;
}

/** g^exponent mod N for a secret exponent: OpenSSL's constant-time path. */
export function powerOfGenerator(exponent: Buffer): bigint {
  setPrivateKey.call(group, exponent);
  return integerOfBytes(Buffer.from(group.generateKeys()));
}

/** base^exponent mod N for a secret exponent; `undefined` where OpenSSL refuses the base (0, 1 and N - 1 give no secret). */
export function secretPower(base: bigint, exponent: Buffer): bigint | undefined {
  setPrivateKey.call(group, exponent);
  try {
    return integerOfBytes(group.computeSecret(elementOf(base)));
  } catch {
    return undefined;
  }
}

/** base^exponent mod N for a public exponent of at least 1: a bare RSA public operation with N as its modulus. */
export function publicPower(base: bigint, exponent: bigint): bigint {
  const e = Buffer.from(hexOfInteger(exponent), 'hex').toString('base64url');
  const key = createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: primeForJwk, e } });
  const padding = constants.RSA_NO_PADDING;
  return integerOfBytes(publicEncrypt({ key, padding }, elementOf(base)));
}

function elementOf(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(elementBytes * 2, '0'), 'hex');
}
