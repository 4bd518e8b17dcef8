// Everything here is computed twice: by our server side and by a client in real use.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { systemRandom } from '../primitives/random.ts';
import {
  makeSrpServerKeys,
  parseSrpPublic,
  srpClaim,
  srpVerifierWithSalt,
  type SrpServerKeys,
} from './srp.ts';
import { integerOfBytes } from './srp-group.ts';

const poolName = 'mkWmWkOKR';
const secretBlock = Buffer.from('a secret block ÿ', 'latin1');
const timestamp = 'Tue Aug 4 09:05:07 UTC 2026';

const salts: Record<string, bigint> = {
  'with the top bit set': integerOfBytes(systemRandom.bytes(16)) | (1n << 127n),
  'with the top bit clear': integerOfBytes(systemRandom.bytes(16)) & ((1n << 127n) - 1n),
  'with a leading zero digit':
    (integerOfBytes(systemRandom.bytes(16)) & ((1n << 123n) - 1n)) | (1n << 122n),
  'with a leading zero byte, then the top bit set': (1n << 119n) | 5n,
  'with three leading zero bytes': (1n << 101n) | 9n,
  'of one byte': 0x80n,
  'of zero': 0n,
  'of ones': (1n << 128n) - 1n,
};

const identities = [
  { username: 'alice', password: 'Password-1!' },
  { username: 'd16b4aa8-8633-4abd-93b3-5062a8e1b5f8', password: 'pässwörd 密码 🔑' },
  { username: 'Alice+tag@example.com', password: ':' + ' '.repeat(3) + 'x'.repeat(200) },
];

/** Draws until the server's public key has the wanted form. */
function serverKeysLike(look: RegExp, verifierHex: string): SrpServerKeys {
  for (;;) {
    const keys = makeSrpServerKeys(systemRandom, verifierHex);
    if (look.test(keys.publicHex)) return keys;
  }
}

/** The base64 signature that a client computes. */
type ClientSide = (asked: { readonly username: string; readonly password: string }) => {
  readonly clientPublicHex: string;
  sign(saltHex: string, serverPublicHex: string): string;
};

function exchange(
  startClient: ClientSide,
  identity: { username: string; password: string },
  salt: bigint,
  look = /./,
  typed = identity.password,
): { ours: string | undefined; theirs: string } {
  const { saltHex, verifierHex } = srpVerifierWithSalt(salt, { poolName, ...identity });
  const client = startClient({ username: identity.username, password: typed });
  const clientPublicHex = parseSrpPublic(client.clientPublicHex);
  assert.ok(clientPublicHex);
  const keys = serverKeysLike(look, verifierHex);
  const ours = srpClaim({
    poolName,
    userId: identity.username,
    clientPublicHex,
    serverPrivateHex: keys.privateHex,
    serverPublicHex: keys.publicHex,
    verifierHex,
    secretBlock,
    timestamp,
  });
  return { ours: ours?.toString('base64'), theirs: client.sign(saltHex, keys.publicHex) };
}

const require = createRequire(import.meta.url);

interface SrpHelper {
  createSrpSession(
    username: string,
    password: string,
    poolId: string,
    isHashed: boolean,
  ): { timestamp: string; largeA: string };
  signSrpSession(session: object, response: object): { passwordSignature: string };
}
const helper = require('cognito-srp-helper') as SrpHelper;

const srpHelper: ClientSide = ({ username, password }) => {
  const session = helper.createSrpSession(username, password, `eu-west-2_${poolName}`, false);
  return {
    clientPublicHex: session.largeA,
    sign: (SALT, SRP_B) =>
      helper.signSrpSession(
        { ...session, timestamp },
        {
          ChallengeName: 'PASSWORD_VERIFIER',
          ChallengeParameters: {
            SALT,
            SRP_B,
            SECRET_BLOCK: secretBlock.toString('base64'),
            USER_ID_FOR_SRP: username,
          },
        },
      ).passwordSignature,
  };
};

interface BigInteger {
  toString(radix: number): string;
}
interface AuthenticationHelper {
  getLargeAValue(done: (error: unknown, value: BigInteger) => void): void;
  getPasswordAuthenticationKey(
    username: string,
    password: string,
    serverPublic: BigInteger,
    salt: BigInteger,
    done: (error: unknown, key: Uint8Array) => void,
  ): void;
  generateHashDevice(groupKey: string, deviceKey: string, done: (error: unknown) => void): void;
  getRandomPassword(): string;
  getSaltDevices(): string;
  getVerifierDevices(): string;
}
const { default: AmazonHelper } =
  require('amazon-cognito-identity-js/lib/AuthenticationHelper.js') as {
    default: new (poolName: string) => AuthenticationHelper;
  };
const { default: AmazonInteger } = require('amazon-cognito-identity-js/lib/BigInteger.js') as {
  default: new (text: string, radix: number) => BigInteger;
};

/** Unpacks a callback that is called before the function returns. */
function resultOf<Value>(start: (done: (error: unknown, value: Value) => void) => void): Value {
  const results: Value[] = [];
  start((error, value) => {
    if (error) throw error as Error;
    results.push(value);
  });
  const [result] = results;
  assert.ok(result !== undefined);
  return result;
}

const amazonIdentityJs: ClientSide = ({ username, password }) => {
  const client = new AmazonHelper(poolName);
  const largeA = resultOf<BigInteger>((done) => client.getLargeAValue(done));
  return {
    clientPublicHex: largeA.toString(16),
    sign(saltHex, serverPublicHex) {
      const salt = new AmazonInteger(saltHex, 16);
      const serverPublic = new AmazonInteger(serverPublicHex, 16);
      const key = resultOf<Uint8Array>((done) =>
        client.getPasswordAuthenticationKey(username, password, serverPublic, salt, done),
      );
      return createHmac('sha256', key)
        .update(poolName)
        .update(username)
        .update(secretBlock)
        .update(timestamp)
        .digest('base64');
    },
  };
};

const clients = { 'cognito-srp-helper': srpHelper, 'amazon-cognito-identity-js': amazonIdentityJs };
for (const [name, startClient] of Object.entries(clients)) {
  describe(`${name} and the server agree`, () => {
    for (const [what, salt] of Object.entries(salts)) {
      test(`on a salt ${what}`, () => {
        const [identity = assert.fail()] = identities;
        const { ours, theirs } = exchange(startClient, identity, salt);
        assert.equal(ours, theirs);
      });
    }
    for (const identity of identities) {
      test(`on the user ${identity.username}`, () => {
        const salt = integerOfBytes(systemRandom.bytes(16));
        const { ours, theirs } = exchange(startClient, identity, salt);
        assert.equal(ours, theirs);
      });
    }
    for (const [what, look] of Object.entries({
      'a leading zero digit': /^0/,
      'a leading zero byte': /^.{0,766}$/,
      'the top bit set': /^[89a-f].{767}$/,
    })) {
      test(`on SRP_B with ${what}`, () => {
        const [identity = assert.fail()] = identities;
        const { ours, theirs } = exchange(startClient, identity, 3n, look);
        assert.equal(ours, theirs);
      });
    }
    test('on any values', () => {
      for (let round = 0; round < 12; round += 1) {
        const identity = identities[round % identities.length] ?? assert.fail();
        const salt = integerOfBytes(systemRandom.bytes(16));
        const { ours, theirs } = exchange(startClient, identity, salt);
        assert.equal(ours, theirs);
      }
    });
    test('that a wrong password proves nothing', () => {
      const [identity = assert.fail()] = identities;
      const { ours, theirs } = exchange(startClient, identity, 3n, /./, 'Password-2!');
      assert.ok(ours);
      assert.notEqual(ours, theirs);
    });
  });
}

test('a device verifier made by amazon-cognito-identity-js is the one that we would make', () => {
  const client = new AmazonHelper('-groupKey');
  resultOf<boolean>((done) =>
    client.generateHashDevice('-groupKey', 'eu-west-2_device', (error) => done(error, true)),
  );
  const salt = BigInt(`0x${client.getSaltDevices()}`);
  const { verifierHex } = srpVerifierWithSalt(salt, {
    poolName: '-groupKey',
    username: 'eu-west-2_device',
    password: client.getRandomPassword(),
  });
  assert.equal(BigInt(`0x${verifierHex}`), BigInt(`0x${client.getVerifierDevices()}`));
});
