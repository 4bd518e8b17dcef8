import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { test } from 'node:test';
import { systemRandom } from '../primitives/random.ts';
import { decoySalt, decoySrpVerifier, decoySub } from './decoy-user.ts';
import { makeSrpServerKeys, makeSrpVerifier, srpClaim } from './srp.ts';
import { groupPrime, integerOfHex, publicPower } from './srp-group.ts';

const keyBytes = systemRandom.bytes(32);

test('a name always has the same values, on every node that has the key', () => {
  const key = createSecretKey(keyBytes);
  assert.equal(decoySalt(key, 'nobody'), decoySalt(keyBytes, 'nobody'));
  assert.deepEqual(decoySrpVerifier(key, 'nobody'), decoySrpVerifier(keyBytes, 'nobody'));
  assert.equal(decoySub(key, 'nobody'), decoySub(keyBytes, 'nobody'));
  assert.equal(decoySrpVerifier(key, 'nobody').saltHex, decoySalt(key, 'nobody'));
});

test('another name or another key has others, however long the name', () => {
  const long = 'x'.repeat(2048);
  const names = ['nobody', 'nobody\0', 'Nobody', '', long, `${long}y`];
  assert.equal(new Set(names.map((name) => decoySalt(keyBytes, name))).size, names.length);
  const otherKey = systemRandom.bytes(32);
  assert.notEqual(decoySalt(keyBytes, 'nobody'), decoySalt(otherKey, 'nobody'));
  assert.notEqual(decoySub(keyBytes, 'nobody'), decoySub(otherKey, 'nobody'));
});

test('salts have the lengths of real ones: about one of 256 is a byte shorter', () => {
  const count = 8192;
  let simulated = 0;
  for (let index = 0; index < count; index += 1) {
    const salt = decoySalt(keyBytes, `user-${index}`);
    assert.equal(salt.length % 2, 0);
    if (salt.length < 32) simulated += 1;
  }
  // 32 expected, standard deviation 5.6.
  assert.ok(simulated > 2 && simulated < 80, `${simulated} short salts`);
});

test('a simulated verifier is a square modulo N, as a real one is', () => {
  const isSquare = (hex: string): boolean =>
    publicPower(integerOfHex(hex), (groupPrime - 1n) / 2n) === 1n;
  const identity = { poolName: 'abc', username: 'alice', password: 'x' };
  assert.ok(isSquare(makeSrpVerifier(systemRandom, identity).verifierHex));
  assert.ok(!isSquare((groupPrime - 1n).toString(16)));
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
    assert.ok(isSquare(decoySrpVerifier(keyBytes, name).verifierHex));
  }
});

test('an exchange with a simulated user runs to its end', () => {
  const { verifierHex } = decoySrpVerifier(keyBytes, 'nobody');
  const keys = makeSrpServerKeys(systemRandom, verifierHex);
  const claim = srpClaim({
    poolName: 'abc',
    userId: 'nobody',
    clientPublicHex: '04',
    serverPrivateHex: keys.privateHex,
    serverPublicHex: keys.publicHex,
    verifierHex,
    secretBlock: Buffer.from('block'),
    timestamp: '',
  });
  assert.equal(claim?.length, 32);
});

test('a simulated sub is a version 4 UUID', () => {
  assert.match(
    decoySub(keyBytes, 'nobody'),
    /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
  );
});
