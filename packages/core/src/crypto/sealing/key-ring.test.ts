import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRandom } from '../primitives/random.ts';
import { makeKeyRing, unwrapDataKey, wrapDataKey, wrappingKeyId } from './key-ring.ts';
import { TamperedError, WrongKeyError } from './sealing-errors.ts';

const older = { id: 'k-2025', key: systemRandom.bytes(32) };
const newer = { id: 'k-2026', key: systemRandom.bytes(32) };
const dataKey = systemRandom.bytes(32);

test('the first key wraps and every key unwraps', () => {
  const before = wrapDataKey(makeKeyRing([older]), systemRandom, 'pool', dataKey);
  const ring = makeKeyRing([newer, older]);
  const after = wrapDataKey(ring, systemRandom, 'pool', dataKey);
  assert.equal(wrappingKeyId(before), 'k-2025');
  assert.equal(wrappingKeyId(after), 'k-2026');
  assert.deepEqual(unwrapDataKey(ring, 'pool', before), dataKey);
  assert.deepEqual(unwrapDataKey(ring, 'pool', after), dataKey);
});

test('the error names a missing key', () => {
  const wrapped = wrapDataKey(makeKeyRing([older]), systemRandom, 'pool', dataKey);
  assert.throws(
    () => unwrapDataKey(makeKeyRing([newer]), 'pool', wrapped),
    (error) => error instanceof WrongKeyError && error.keyId === 'k-2025',
  );
});

test('another key with the same id, another place and a changed bit are refused', () => {
  const ring = makeKeyRing([older]);
  const wrapped = wrapDataKey(ring, systemRandom, 'pool', dataKey);
  const impostor = makeKeyRing([{ id: older.id, key: newer.key }]);
  const flipped = wrapped.replace(/.(?=.{10}$)/, (character) => (character === 'A' ? 'B' : 'A'));
  assert.throws(() => unwrapDataKey(impostor, 'pool', wrapped), WrongKeyError);
  assert.throws(() => unwrapDataKey(ring, 'pool2', wrapped), WrongKeyError);
  assert.throws(() => unwrapDataKey(ring, 'pool', flipped), WrongKeyError);
});

test('a wrapped key cannot be relabelled to another id', () => {
  const twins = makeKeyRing([older, { id: 'twin', key: older.key }]);
  const wrapped = wrapDataKey(twins, systemRandom, 'pool', dataKey);
  assert.throws(
    () => unwrapDataKey(twins, 'pool', wrapped.replace(older.id, 'twin')),
    WrongKeyError,
  );
});

for (const text of [
  '',
  'k1.k-2025',
  'k1.k-2025.',
  'k2.k-2025.AAAA',
  'k1.k-2025.AAA=',
  'k1..AAAA',
]) {
  test(`"${text}" is not a wrapped key`, () => {
    assert.throws(() => unwrapDataKey(makeKeyRing([older]), 'pool', text), TamperedError);
  });
}

test('a ring refuses an invalid configuration', () => {
  const key = Buffer.alloc(32);
  assert.throws(() => makeKeyRing([]), /at least one/);
  assert.throws(() => makeKeyRing([{ id: 'a', key: Buffer.alloc(31) }]), /31 bytes instead of 32/);
  assert.throws(
    () =>
      makeKeyRing([
        { id: 'a', key },
        { id: 'a', key },
      ]),
    /twice/,
  );
  for (const id of ['', 'a.b', 'a b', 'x'.repeat(65)]) {
    assert.throws(() => makeKeyRing([{ id, key }]), /not a key id/);
  }
});
