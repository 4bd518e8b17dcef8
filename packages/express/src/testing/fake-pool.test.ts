import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolhouse } from '../index.ts';
import { fakePool } from './index.ts';

const NO_NETWORK = () => Promise.reject(new Error('a test token needs no network'));

test('a fake pool plugs into poolhouse() and signs tokens for it', async () => {
  const pool = fakePool();
  const kit = poolhouse({ pools: [pool.options], fetch: NO_NETWORK });
  const access = await kit.verify(
    pool.accessToken({ username: 'ann', sub: 's', groups: ['staff'], scopes: ['a/b', 'c'] }),
  );
  assert.deepEqual(
    [access.tokenUse, access.sub, access.username, access.clientId, access.groups, access.scopes],
    ['access', 's', 'ann', pool.clientId, ['staff'], ['a/b', 'c']],
  );
  const role = 'arn:aws:iam::123456789012:role/staff';
  const id = await kit.verify(pool.idToken({ email: 'ann@example.com', roles: [role] }), {
    tokenUse: 'id',
    roles: [role],
  });
  assert.deepEqual(
    [id.tokenUse, id.claims['email'], id.roles, id.scopes],
    ['id', 'ann@example.com', [role], []],
  );
});

test('it stands for pools of every part of Amazon', async () => {
  for (const userPoolId of ['cn-north-1_Testing00', 'us-gov-west-1_Testing00']) {
    const pool = fakePool({ userPoolId });
    const kit = poolhouse({ pools: [pool.options], fetch: NO_NETWORK });
    assert.equal((await kit.verify(pool.accessToken({ username: 'ann' }))).username, 'ann');
  }
});

test('its tokens look like those of the pool that it stands for', () => {
  const token = fakePool().accessToken();
  const [header, claims] = token
    .split('.', 2)
    .map((text) => JSON.parse(Buffer.from(text, 'base64url').toString()) as object);
  // Source: behaviour.md 7.1, 7.2.
  assert.deepEqual(Object.keys(header ?? {}), ['kid', 'alg']);
  assert.deepEqual(Object.keys(claims ?? {}).toSorted(), [
    'auth_time',
    'client_id',
    'event_id',
    'exp',
    'iat',
    'iss',
    'jti',
    'origin_jti',
    'scope',
    'sub',
    'token_use',
    'username',
  ]);
});

test('access and ID tokens are signed with different keys', () => {
  const pool = fakePool();
  const kid = (token: string) =>
    (
      JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString()) as {
        kid: string;
      }
    ).kid;
  assert.notEqual(kid(pool.accessToken()), kid(pool.idToken()));
});

test('what must be refused can be made too', async () => {
  const pool = fakePool({ endpoint: 'http://localhost:8400/' });
  const kit = poolhouse({ pools: [pool.options], fetch: NO_NETWORK });
  assert.equal(pool.issuer, 'http://localhost:8400/us-east-1_Testing00');
  await kit.verify(pool.accessToken());
  const refused: Record<string, string> = {
    expired: pool.accessToken({ expiresInSeconds: -1 }),
    client: pool.accessToken({ clientId: 'another' }),
    claims: pool.accessToken({ claims: { sub: undefined } }),
    malformed: pool.sign({}, { alg: 'none' }),
    'unknown-key': fakePool({ endpoint: 'http://localhost:8400' }).accessToken(),
    issuer: fakePool().accessToken(),
  };
  for (const [reason, token] of Object.entries(refused)) {
    await assert.rejects(kit.verify(token), { reason }, reason);
  }
});
