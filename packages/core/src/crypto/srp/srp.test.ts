import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { systemRandom, type Random } from '../primitives/random.ts';
import {
  makeSrpServerKeys,
  makeSrpVerifier,
  parseSrpPublic,
  srpClaim,
  srpServerSecret,
  srpVerifierWithSalt,
} from './srp.ts';
import {
  groupPrime,
  hexOfInteger,
  integerOfBytes,
  integerOfHex,
  paddedBytes,
  powerOfGenerator,
  publicPower,
  reduce,
} from './srp-group.ts';

const identity = { poolName: 'abc123', username: 'alice', password: 'Pässword-1' };
const { verifierHex } = srpVerifierWithSalt(77n, identity);

/** Returns these values first, then real randomness. */
function startingWith(...first: Buffer[]): Random {
  return { bytes: (count) => first.shift() ?? systemRandom.bytes(count) };
}

describe('a verifier', () => {
  test('has a salt of 16 random bytes, kept as an integer', () => {
    const bytes = Buffer.from('000f0000000000000000000000000001', 'hex');
    const { saltHex } = makeSrpVerifier(startingWith(bytes), identity);
    assert.equal(saltHex, '0f0000000000000000000000000001');
    const other = makeSrpVerifier(systemRandom, identity);
    assert.ok(other.saltHex.length <= 32);
    assert.notEqual(other.saltHex, saltHex);
  });

  test('depends on pool, user name, password and salt', () => {
    const verifiers = [
      srpVerifierWithSalt(1n, identity),
      srpVerifierWithSalt(2n, identity),
      srpVerifierWithSalt(1n, { ...identity, poolName: 'abc124' }),
      srpVerifierWithSalt(1n, { ...identity, username: 'Alice' }),
      srpVerifierWithSalt(1n, { ...identity, password: 'other' }),
    ];
    assert.equal(new Set(verifiers.map((verifier) => verifier.verifierHex)).size, 5);
  });
});

describe('server keys', () => {
  const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  const multiplier = integerOfBytes(sha256(paddedBytes(groupPrime), Buffer.from([2])));

  test('are B = k·v + g^b with b of 32 bytes', () => {
    const { privateHex, publicHex } = makeSrpServerKeys(systemRandom, verifierHex);
    assert.equal(privateHex.length, 64);
    const power = powerOfGenerator(Buffer.from(privateHex, 'hex'));
    const expected = reduce(multiplier * integerOfHex(verifierHex) + power);
    assert.equal(publicHex, hexOfInteger(expected));
  });

  test('are drawn again if B would be zero', () => {
    const unlucky = Buffer.alloc(32, 0x5a);
    // v = -g^b / k, by Fermat.
    let inverse = 1n;
    for (let square = multiplier, rest = groupPrime - 2n; rest > 0n; rest >>= 1n) {
      if (rest & 1n) inverse = (inverse * square) % groupPrime;
      square = (square * square) % groupPrime;
    }
    const verifier = reduce(-powerOfGenerator(unlucky) * inverse);
    const keys = makeSrpServerKeys(startingWith(unlucky), hexOfInteger(verifier));
    assert.notEqual(keys.privateHex, unlucky.toString('hex'));
    assert.notEqual(integerOfHex(keys.publicHex), 0n);
  });

  test('are drawn again if b is zero or small', () => {
    const small = Buffer.alloc(32);
    small.fill(0xff, 8);
    const { privateHex } = makeSrpServerKeys(startingWith(Buffer.alloc(32), small), verifierHex);
    assert.notEqual(privateHex, small.toString('hex'));
    assert.notEqual(privateHex, '00'.repeat(32));
  });

  test('are not waited for if the random source is broken', () => {
    const broken: Random = { bytes: (count) => Buffer.alloc(count) };
    assert.throws(() => makeSrpServerKeys(broken, verifierHex), /stuck/);
  });
});

describe('SRP_A', () => {
  const prime = groupPrime.toString(16);
  const refused: Record<string, string> = {
    empty: '',
    zero: '0',
    'many zeros': '0'.repeat(768),
    N: prime,
    'N with a sign byte': `00${prime}`,
    'N in upper case': prime.toUpperCase(),
    '2N': (groupPrime * 2n).toString(16),
    '5N': (groupPrime * 5n).toString(16),
    'N + 1': (groupPrime + 1n).toString(16),
    '-N': `-${prime}`,
    '-1': '-1',
    'a prefix': '0x12',
    'other characters': '12g4',
    'a space': ' 12',
    'a line end': '12\n',
    'too many digits': '1'.repeat(771),
    'a small number in too many digits': `${'0'.repeat(770)}1`,
  };
  for (const [what, hex] of Object.entries(refused)) {
    test(`${what} is refused`, () => assert.equal(parseSrpPublic(hex), undefined));
  }

  test('is accepted from 1 to N - 1, in any case and with a sign byte, as one text', () => {
    const largest = (groupPrime - 1n).toString(16);
    assert.equal(parseSrpPublic(largest), largest);
    assert.equal(parseSrpPublic(`00${largest.toUpperCase()}`), largest);
    assert.equal(parseSrpPublic('1'), '01');
    assert.equal(parseSrpPublic('0001'), '01');
  });
});

describe('a claim', () => {
  const keys = makeSrpServerKeys(systemRandom, verifierHex);
  const exchange = {
    poolName: 'abc123',
    userId: 'alice',
    clientPublicHex: hexOfInteger(powerOfGenerator(systemRandom.bytes(128))),
    serverPrivateHex: keys.privateHex,
    serverPublicHex: keys.publicHex,
    verifierHex,
    secretBlock: Buffer.from('block'),
    timestamp: 'Tue Aug 4 09:05:07 UTC 2026',
  };

  test('covers everything in the exchange', () => {
    const other = makeSrpServerKeys(systemRandom, verifierHex);
    const changes = {
      poolName: 'abc124',
      userId: 'bob',
      clientPublicHex: '04',
      serverPrivateHex: other.privateHex,
      serverPublicHex: other.publicHex,
      verifierHex: '09',
      secretBlock: Buffer.from('blocK'),
      timestamp: 'Tue Aug 4 09:05:08 UTC 2026',
    };
    const claims = [srpClaim(exchange)];
    for (const [member, value] of Object.entries(changes)) {
      claims.push(srpClaim({ ...exchange, [member]: value }));
    }
    assert.equal(new Set(claims.map((claim) => claim?.toString('hex'))).size, 9);
    assert.equal(claims[0]?.length, 32);
  });

  test('does not exist for a client key that parseSrpPublic refuses', () => {
    const prime = groupPrime.toString(16);
    for (const clientPublicHex of ['', '0', prime, (groupPrime * 2n).toString(16), `-${prime}`]) {
      assert.equal(srpClaim({ ...exchange, clientPublicHex }), undefined);
    }
  });

  test('does not exist if u is zero', () => {
    const secret = Buffer.from(keys.privateHex, 'hex');
    assert.equal(srpServerSecret(4n, integerOfHex(verifierHex), 0n, secret), undefined);
    assert.notEqual(srpServerSecret(4n, integerOfHex(verifierHex), 1n, secret), undefined);
  });

  test('does not exist if the client cancels the verifier out', () => {
    const verifier = integerOfHex(verifierHex);
    const scrambler = 12345n;
    const power = publicPower(verifier, scrambler);
    // A = (v^u)^(N-2), the inverse of v^u, so that A·v^u = 1.
    const inverse = publicPower(power, groupPrime - 2n);
    assert.equal(reduce(inverse * power), 1n);
    const secret = Buffer.from(keys.privateHex, 'hex');
    assert.equal(srpServerSecret(inverse, verifier, scrambler, secret), undefined);
  });

  test('does not exist for a verifier of zero', () => {
    assert.equal(srpClaim({ ...exchange, verifierHex: '00' }), undefined);
  });
});
