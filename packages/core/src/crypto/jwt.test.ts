import assert from 'node:assert/strict';
import { createHmac, createSecretKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, test } from 'node:test';
import { signJwt, verifyJwt } from './jwt.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const kid = 'kid=';
const signer = { kid, privateKey };
const keyOf = (name: string) => (name === kid ? publicKey : undefined);
const claims = { sub: 'ü', exp: 1, 'cognito:groups': ['a'] };

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A token with any header and payload, correctly signed with the pool's key. */
function signed(header: unknown, payload: unknown = claims): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
}

describe('signing', () => {
  test('the header is exactly kid and alg', async () => {
    const [header = ''] = (await signJwt(signer, claims)).split('.');
    assert.equal(Buffer.from(header, 'base64url').toString(), '{"kid":"kid=","alg":"RS256"}');
  });

  test('a signed token verifies', async () => {
    const token = await signJwt(signer, claims);
    const verified = await verifyJwt(token, keyOf);
    assert.ok(verified.ok);
    assert.deepEqual({ ...verified.claims }, claims);
  });

  test('a token is the same wherever it is signed', async () => {
    assert.equal(await signJwt(signer, claims, 'threads'), await signJwt(signer, claims, 'here'));
  });

  test('a key that cannot sign is an error on the threads too', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    for (const place of ['here', 'threads'] as const) {
      await assert.rejects(signJwt({ kid, privateKey: publicKey }, claims, place));
    }
  });
});

describe('claims of a verified token', () => {
  test('have no prototype, so that absent members are undefined', async () => {
    const verified = await verifyJwt(await signJwt(signer, {}), keyOf);
    assert.ok(verified.ok);
    assert.equal(verified.claims['constructor'], undefined);
    assert.equal(Object.getPrototypeOf(verified.claims), null);
  });

  test('named __proto__ change nothing', async () => {
    const verified = await verifyJwt(
      signed({ kid, alg: 'RS256' }, '{"__proto__":{"token_use":"access"}}'),
      keyOf,
    );
    assert.ok(verified.ok);
    assert.equal(verified.claims['token_use'], undefined);
    assert.equal(Object.getPrototypeOf(verified.claims), null);
  });
});

test('a harmless header such as typ is ignored', async () => {
  assert.ok((await verifyJwt(signed({ kid, alg: 'RS256', typ: 'JWT' }), keyOf)).ok);
});

describe('refused', async () => {
  const token = await signJwt(signer, claims);
  const [header = '', payload = '', signature = ''] = token.split('.');
  const hmacOf = (secret: Buffer | string): string => {
    const input = `${encode({ kid, alg: 'HS256' })}.${payload}`;
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  };
  const cases: Record<string, string> = {
    nothing: '',
    'two parts': `${header}.${payload}`,
    'four parts': `${token}.x`,
    'an encrypted token': `${token}.x.y`,
    '100,000 dots': '.'.repeat(100_000),
    'a megabyte': `${header}.${'A'.repeat(1_000_000)}.${signature}`,
    'an empty signature': `${header}.${payload}.`,
    'alg none': `${encode({ kid, alg: 'none' })}.${payload}.`,
    'alg None with a signature': signed({ kid, alg: 'None' }),
    'alg rs256': signed({ kid, alg: 'rs256' }),
    'alg RS512': signed({ kid, alg: 'RS512' }),
    'alg as a list': signed({ kid, alg: ['RS256'] }),
    'no alg': signed({ kid }),
    'no kid': signed({ alg: 'RS256' }),
    'kid as a number': signed({ kid: 1, alg: 'RS256' }),
    'an unknown kid': signed({ kid: 'other', alg: 'RS256' }),
    'HS256 with the PEM of the public key': hmacOf(
      publicKey.export({ format: 'pem', type: 'spki' }),
    ),
    'HS256 with its DER': hmacOf(publicKey.export({ format: 'der', type: 'spki' })),
    'HS256 with its JWK': hmacOf(JSON.stringify(publicKey.export({ format: 'jwk' }))),
    'a header that is not JSON': signed('{"kid"'),
    'a header that is null': signed('null'),
    'a header that is a list': signed('["RS256"]'),
    'claims that are a list': signed({ kid, alg: 'RS256' }, '[]'),
    'claims that are null': signed({ kid, alg: 'RS256' }, 'null'),
    'claims that are a text': signed({ kid, alg: 'RS256' }, '"x"'),
    'claims that are not JSON': signed({ kid, alg: 'RS256' }, 'x'),
    'changed claims': `${header}.${encode({ ...claims, sub: 'other' })}.${signature}`,
    'a padded signature': `${token}==`,
    'a signature in the other alphabet': `${header}.${payload}.${Buffer.from(signature, 'base64url').toString('base64')}`,
    'a space within': `${header}. ${payload}.${signature}`,
    'a line end': `${token}\n`,
    'a shortened signature': token.slice(0, -4),
  };
  for (const name of ['jku', 'x5u', 'jwk', 'x5c', 'crit', 'b64', 'zip', 'enc']) {
    cases[`a ${name} header`] = signed({ kid, alg: 'RS256', [name]: name === 'b64' ? false : 'x' });
  }
  for (const [what, text] of Object.entries(cases)) {
    test(what, async () => assert.deepEqual(await verifyJwt(text, keyOf), { ok: false }));
  }

  test('a look-up that returns a secret or private key', async () => {
    assert.ok(!(await verifyJwt(token, () => createSecretKey(Buffer.alloc(32)))).ok);
    assert.ok(!(await verifyJwt(token, () => privateKey)).ok);
  });

  test('another pool with a key of the same name', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    assert.ok(!(await verifyJwt(token, () => other)).ok);
  });

  test('an oversized token is not parsed: its key is never looked up', async () => {
    const filled = (length: number) => signJwt(signer, { filler: 'x'.repeat(length) });
    const noKey = () => assert.fail('asked for a key');
    assert.ok(!(await verifyJwt(await filled(62_000), noKey)).ok);
    assert.ok((await verifyJwt(await filled(60_000), keyOf)).ok);
    const longHeader = signed({ kid, alg: 'RS256', x: 'x'.repeat(512) });
    assert.ok(!(await verifyJwt(longHeader, noKey)).ok);
  });
});
