import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import {
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { startServer } from '../testing/start-server.ts';

async function withPool(t: TestContext, environment?: Record<string, string>) {
  const running = await startServer(t, { environment });
  const aws = running.client();
  const { UserPool } = await aws.send(new CreateUserPoolCommand({ PoolName: 'one' }));
  const get = (path: string, method = 'GET', headers = {}) =>
    running.send({ method, path, headers });
  return { ...running, aws, get, id: UserPool?.Id ?? '' };
}

test('a pool’s key set contains its public keys, and may be cached for a while', async (t) => {
  const { get, id, server } = await withPool(t);
  const answer = await get(`/${id}/.well-known/jwks.json`, 'GET', {
    origin: 'https://app.example.com',
  });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['content-type'], 'application/json');
  assert.equal(answer.headers['access-control-allow-origin'], '*');
  assert.match(String(answer.headers['cache-control']), /^public, max-age=\d+$/);
  const { keys } = answer.json() as { keys: Record<string, string>[] };
  assert.equal(keys.length, 2);
  for (const key of keys) {
    assert.deepEqual(Object.keys(key).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
    assert.equal(key['alg'], 'RS256');
    createPublicKey({ key, format: 'jwk' });
  }
  const stored = await server.storage.stores.signingKeys.of(id as never);
  assert.deepEqual(new Set(keys.map(({ kid }) => kid)), new Set(stored.map(({ kid }) => kid)));
});

test('a pool’s configuration comes from our own settings, whatever the request says (X23)', async (t) => {
  const { get, id } = await withPool(t, {
    POOLHOUSE_MODE: 'development',
    POOLHOUSE_PUBLIC_URL: 'https://auth.example.com',
  });
  const evil = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'http',
  };
  const answer = await get(`/${id}/.well-known/openid-configuration`, 'GET', evil);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['access-control-allow-origin'], '*');
  assert.deepEqual(answer.json(), {
    id_token_signing_alg_values_supported: ['RS256'],
    issuer: `https://auth.example.com/${id}`,
    jwks_uri: `https://auth.example.com/${id}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  });
});

test('missing and deleted pools have neither', async (t) => {
  const { get, id, aws } = await withPool(t);
  await aws.send(new DeleteUserPoolCommand({ UserPoolId: id }));
  for (const pool of ['eu-west-1_nosuchone', id]) {
    for (const file of ['jwks.json', 'openid-configuration']) {
      const answer = await get(`/${pool}/.well-known/${file}`);
      assert.equal(answer.status, 400, `${pool} ${file}`);
      assert.deepEqual(answer.json(), { message: `User pool ${pool} does not exist.` });
      assert.equal(answer.headers['cache-control'], 'no-store');
      assert.equal(answer.headers['access-control-allow-origin'], '*');
    }
  }
});

test('HEAD and preflights are answered; other methods and other paths are not', async (t) => {
  const { get, id } = await withPool(t);
  const path = `/${id}/.well-known/jwks.json`;
  const head = await get(path, 'HEAD');
  assert.deepEqual([head.status, head.body], [200, '']);
  assert.equal((await get(path, 'OPTIONS')).headers['access-control-allow-origin'], '*');
  assert.equal((await get(path, 'POST')).status, 405);
  assert.equal((await get(`${path}?x=y`)).status, 200);
  for (const other of [
    `/${id}/.well-known/jwks.json/`,
    `/${id}/.well-known/jwks`,
    `//${id}/.well-known/jwks.json`,
    `/x/../${id}/.well-known/jwks.json`,
    `/${id}%2f.well-known/jwks.json`,
    '/nopool/.well-known/jwks.json',
    '/.well-known/jwks.json',
  ]) {
    assert.equal((await get(other)).status, 404, other);
  }
});
