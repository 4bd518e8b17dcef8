/** N of the group of 3072 bits. Source: RFC 3526 section 4. */
export const groupPrime = BigInt(
  '0x' +
    'ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd' +
    'ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed' +
    'ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f' +
    '83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b' +
    'e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa0510' +
    '15728e5a8aaac42dad33170d04507a33a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7db3970f85a6e1e4c7' +
    'abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864d87602733ec86a64521f2b18177b200c' +
    'bbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff',
);

/** g of the group. */
export const generator = 2n;

/** base^exponent mod N, for base and exponent of zero or more. */
export function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % groupPrime;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % groupPrime;
    square = (square * square) % groupPrime;
  }
  return result;
}

/** The least non-negative remainder modulo N. */
export function reduce(value: bigint): bigint {
  const remainder = value % groupPrime;
  return remainder < 0n ? remainder + groupPrime : remainder;
}

/** The bytes that SRP hashes: the minimal two's complement form. Source: behaviour.md 6.6, padHex. */
export function paddedBytes(value: bigint): Uint8Array<ArrayBuffer> {
  const digits = value.toString(16);
  const whole = digits.length % 2 === 0 ? digits : `0${digits}`;
  return bytesOfHex(/^[89a-f]/.test(whole) ? `00${whole}` : whole);
}

/** Reads hexadecimal digits as an integer; undefined when they are none. */
export function integerOfHex(hex: string): bigint | undefined {
  return /^[\da-f]+$/i.test(hex) ? BigInt(`0x${hex}`) : undefined;
}

/** Reads bytes as an unsigned integer. */
export function integerOfBytes(bytes: Uint8Array): bigint {
  let hex = '0x0';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return BigInt(hex);
}

function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}
