import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRandom } from '../primitives/random.ts';
import {
  groupPrime,
  hexOfInteger,
  integerOfBytes,
  paddedBytes,
  powerOfGenerator,
  publicPower,
  reduce,
  secretPower,
} from './srp-group.ts';

/** Plain square-and-multiply, as the reference for everything here. */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base % groupPrime, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % groupPrime;
    square = (square * square) % groupPrime;
  }
  return result;
}

test('the group is the one of RFC 3526 with 3072 bits', () => {
  const hex = groupPrime.toString(16);
  assert.equal(hex.length, 768);
  assert.match(hex, /^f{16}c90fdaa2.*a93ad2caf{16}$/);
});

// Guards the undocumented use of DiffieHellman.prototype.setPrivateKey on a named group.
test('the shared group accepts each new exponent', () => {
  for (let round = 0; round < 10; round += 1) {
    const exponent = systemRandom.bytes(32);
    const asInteger = integerOfBytes(exponent);
    const base = reduce(integerOfBytes(systemRandom.bytes(384)));
    assert.equal(powerOfGenerator(exponent), power(2n, asInteger));
    assert.equal(secretPower(base, exponent), power(base, asInteger));
  }
});

test('small exponents, and ones with leading zeros, are used unchanged', () => {
  const short = Buffer.from([0, 0, 0, 0, 1, 2]);
  assert.equal(powerOfGenerator(short), power(2n, 258n));
  assert.equal(secretPower(5n, short), power(5n, 258n));
});

test('a base that leaves no secret is refused', () => {
  const exponent = systemRandom.bytes(32);
  for (const base of [0n, 1n, groupPrime - 1n])
    assert.equal(secretPower(base, exponent), undefined);
});

test('a public exponent may be odd, even, short or long', () => {
  const base = reduce(integerOfBytes(systemRandom.bytes(384)));
  const long = integerOfBytes(systemRandom.bytes(32)) | 1n;
  for (const exponent of [1n, 2n, 3n, 255n, 256n, long, long - 1n, (1n << 256n) - 1n]) {
    assert.equal(publicPower(base, exponent), power(base, exponent));
  }
  assert.equal(publicPower(0n, long), 0n);
  assert.equal(publicPower(1n, long), 1n);
});

test('hashed integers have a sign bit and nothing more', () => {
  const padded = (value: bigint): string => paddedBytes(value).toString('hex');
  assert.equal(padded(0n), '00');
  assert.equal(padded(0x14n), '14');
  assert.equal(padded(0x7fn), '7f');
  assert.equal(padded(0x80n), '0080');
  assert.equal(padded(0xecn), '00ec');
  assert.equal(padded(0x123n), '0123');
  assert.equal(padded(0x8123n), '008123');
  assert.equal(paddedBytes(groupPrime).length, 385);
});

test('hex on the wire is whole bytes without a sign', () => {
  assert.equal(hexOfInteger(0x80n), '80');
  assert.equal(hexOfInteger(0x123n), '0123');
  assert.equal(hexOfInteger(0n), '00');
});
