import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  randomDigits,
  randomText,
  randomToken,
  randomUuid,
  systemRandom,
  type Random,
} from './random.ts';

/** Returns the given bytes in order, then starts again. */
function repeating(...values: number[]): Random {
  let next = 0;
  return {
    bytes: (count) =>
      Buffer.from(Array.from({ length: count }, () => values[next++ % values.length] ?? 0)),
  };
}

test('digits keep leading zeros, and bytes that would favour some digits are skipped', () => {
  assert.equal(randomDigits(repeating(250, 255, 0, 10, 249, 7), 6), '009700');
});

test('every character of an alphabet is about equally frequent', () => {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
  const text = randomText(systemRandom, alphabet, 36_000);
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  assert.equal(counts.size, 36);
  // 1,000 expected, standard deviation 31: eight of them never happen by chance.
  for (const [character, count] of counts) assert.ok(Math.abs(count - 1000) < 250, character);
});

test('a text has exactly the requested length, including zero', () => {
  assert.equal(randomText(systemRandom, 'ab', 0), '');
  assert.equal(randomText(systemRandom, 'x', 5), 'xxxxx');
  assert.throws(() => randomText(systemRandom, '', 1), RangeError);
});

test('a source that keeps repeating a refused byte is reported, not waited for', () => {
  assert.throws(() => randomDigits(repeating(255), 6), /stuck/);
});

test('a UUID has version 4 and its variant, whatever the bytes', () => {
  assert.equal(randomUuid(repeating(0xff)), 'ffffffff-ffff-4fff-bfff-ffffffffffff');
  assert.equal(randomUuid(repeating(0)), '00000000-0000-4000-8000-000000000000');
  assert.notEqual(randomUuid(systemRandom), randomUuid(systemRandom));
});

test('system randomness of any size is never handed out twice, and belongs to the caller', () => {
  const seen = new Set<string>();
  for (let round = 0; round < 2_000; round += 1) {
    for (const count of [8, 12, 16, 127, 128, 129]) {
      const bytes = systemRandom.bytes(count);
      assert.equal(bytes.length, count);
      seen.add(bytes.toString('hex').slice(0, 16));
      bytes.fill(0);
    }
  }
  assert.equal(seen.size, 12_000);
  assert.equal(systemRandom.bytes(0).length, 0);
});

test('a token has 32 bytes by default', () => {
  assert.match(randomToken(systemRandom), /^[\w-]{43}$/);
  assert.equal(randomToken(repeating(0xfb, 0xff), 3), '-__7');
});
