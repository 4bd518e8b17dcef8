import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { test } from 'node:test';
import { systemRandom } from './primitives/random.ts';
import { looksLikeRefreshToken, makeRefreshToken, successorOf } from './refresh-token.ts';

test('a refresh token has five parts and the header that clients expect', () => {
  const token = makeRefreshToken(systemRandom);
  const parts = token.split('.');
  assert.equal(parts.length, 5);
  assert.deepEqual(JSON.parse(Buffer.from(parts[0] ?? '', 'base64url').toString()), {
    cty: 'JWT',
    enc: 'A256GCM',
    alg: 'RSA-OAEP',
  });
  assert.ok(token.startsWith('eyJjdHkiOiJKV1Qi'));
  assert.ok(looksLikeRefreshToken(token));
});

test('two refresh tokens have nothing in common but the header', () => {
  const [, ...first] = makeRefreshToken(systemRandom).split('.');
  const [, ...second] = makeRefreshToken(systemRandom).split('.');
  for (const part of first) assert.ok(!second.includes(part));
});

test('other texts are recognised before they are looked up', () => {
  const token = makeRefreshToken(systemRandom);
  const [header, ...rest] = token.split('.');
  const others = [
    '',
    'garbage',
    `${header}`,
    `${header}.${rest.slice(1).join('.')}`,
    `${token}.AAAAAAAAAAAAAAAA`,
    `${token}=`,
    `${token}\n`,
    `x${token}`,
    `${header}....`,
    token.replace('.', '.!'),
    `${header}${'.'.repeat(100_000)}`,
    `${header}.${'A'.repeat(1_000_000)}`,
  ];
  for (const text of others) assert.ok(!looksLikeRefreshToken(text), text.slice(0, 80));
});

test('a successor is the same every time, but differs for another token or key', () => {
  const [key, otherKey] = [systemRandom.bytes(32), systemRandom.bytes(32)].map((bytes) =>
    createSecretKey(bytes),
  );
  if (key === undefined || otherKey === undefined) assert.fail('no keys');
  const [first, other] = [makeRefreshToken(systemRandom), makeRefreshToken(systemRandom)];
  const next = successorOf(key, first);
  assert.equal(successorOf(key, first), next);
  assert.ok(looksLikeRefreshToken(next));
  const all = [first, next, successorOf(key, next), successorOf(key, other)];
  assert.equal(new Set([...all, successorOf(otherKey, first)]).size, 5);
});
