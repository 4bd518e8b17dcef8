import assert from 'node:assert/strict';
import { sign, verify } from 'node:crypto';
import { test } from 'node:test';
import { generateSigningKey, importPrivateKey, publicKeyFromJwk } from './signing-keys.ts';

test('a generated pair belongs together, also after it was stored', async () => {
  const { kid, publicJwk, privatePkcs8 } = await generateSigningKey();
  const data = Buffer.from('data');
  const signature = sign('sha256', data, importPrivateKey(privatePkcs8));
  assert.ok(verify('sha256', data, publicKeyFromJwk(publicJwk), signature));
  assert.equal(signature.length, 256);
  assert.match(kid, /^[A-Za-z0-9+/]{43}=$/);
});

test('the published form has exactly the members of a key set, none of them private', async () => {
  const { kid, publicJwk } = await generateSigningKey();
  assert.deepEqual(Object.keys(publicJwk), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
  const { n, ...rest } = publicJwk;
  assert.deepEqual(rest, { alg: 'RS256', e: 'AQAB', kid, kty: 'RSA', use: 'sig' });
  assert.equal(Buffer.from(n, 'base64url').length, 256);
});
