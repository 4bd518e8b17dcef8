import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import express from 'express';
import {
  poolhouse,
  type AuthRules,
  type JwkSet,
  type PoolhouseEvent,
  type PoolhouseOptions,
} from './index.ts';
import { fakePool } from './testing/index.ts';

const AWS = fakePool({ userPoolId: 'us-east-1_Amazon000' });
const OWN = fakePool({ userPoolId: 'eu-central-1_Own000000', endpoint: 'http://localhost:8400' });

/** A world of key sets by address; what is not there is unreachable. */
function network(keySets: Record<string, JwkSet>) {
  const fetched: string[] = [];
  const fetch = (input: string | URL | Request) => {
    const uri = input instanceof Request ? input.url : String(input);
    fetched.push(uri);
    const keys = keySets[uri];
    return keys === undefined
      ? Promise.reject(new Error('unreachable'))
      : Promise.resolve(Response.json(keys));
  };
  return { keySets, fetched, fetch };
}

const jwksAt = (home: string) => `${home}/.well-known/jwks.json`;

test('several pools: of Amazon Cognito and of Poolhouse, each with its own keys and clients', async () => {
  const { fetched, fetch } = network({
    [jwksAt(AWS.issuer)]: AWS.jwks,
    [jwksAt(OWN.issuer)]: OWN.jwks,
  });
  const kit = poolhouse({
    fetch,
    pools: [
      { userPoolId: AWS.userPoolId, clientIds: [AWS.clientId, 'second'] },
      { userPoolId: OWN.userPoolId, endpoint: 'http://localhost:8400' },
    ],
  });
  assert.equal((await kit.verify(AWS.accessToken())).userPoolId, AWS.userPoolId);
  assert.equal((await kit.verify(AWS.accessToken({ clientId: 'second' }))).clientId, 'second');
  await assert.rejects(kit.verify(AWS.accessToken({ clientId: 'third' })), { reason: 'client' });
  // Without clientIds every client of the pool counts.
  assert.equal((await kit.verify(OWN.accessToken({ clientId: 'third' }))).issuer, OWN.issuer);
  // The key of one pool makes no tokens of the other.
  const crossed = AWS.accessToken({ claims: { iss: OWN.issuer } });
  await assert.rejects(kit.verify(crossed), { reason: 'unknown-key' });
  assert.deepEqual(fetched, [jwksAt(AWS.issuer), jwksAt(OWN.issuer)]);
});

test("a pool that keeps Cognito's issuer, with its keys at an endpoint of its own", async () => {
  const uri = jwksAt(`http://localhost:8400/${AWS.userPoolId}`);
  const { fetched, fetch } = network({ [uri]: AWS.jwks });
  const endpoint = 'http://localhost:8400';
  const kit = poolhouse({
    fetch,
    pools: [{ userPoolId: AWS.userPoolId, endpoint, issuer: 'aws' }],
  });
  assert.equal((await kit.verify(AWS.accessToken())).issuer, AWS.issuer);
  assert.deepEqual(fetched, [uri]);
  const ownIssuer = AWS.accessToken({ claims: { iss: `${endpoint}/${AWS.userPoolId}` } });
  await assert.rejects(kit.verify(ownIssuer), { reason: 'issuer' });
});

test("Cognito's second name for a pool has keys of its own, fetched when a token uses it", async () => {
  const second = `https://issuer-cognito-idp.us-east-1.amazonaws.com/${AWS.userPoolId}`;
  const { fetched, fetch } = network({
    [jwksAt(second)]: AWS.jwks,
    [jwksAt(AWS.issuer)]: OWN.jwks,
  });
  const kit = poolhouse({ fetch, pools: [{ userPoolId: AWS.userPoolId }] });
  await kit.ready();
  await kit.verify(AWS.accessToken({ claims: { iss: second } }));
  await assert.rejects(kit.verify(AWS.accessToken()), { reason: 'unknown-key' });
  assert.deepEqual(fetched, [jwksAt(AWS.issuer), jwksAt(second)]);
});

test('a token that was seen is let in without its signature, until it ends or its key goes', async () => {
  let nowMs = 1_800_000_000_000;
  const clock = () => nowMs;
  const pool = fakePool({ nowMs: clock });
  const world = network({ [jwksAt(pool.issuer)]: pool.jwks });
  const kit = poolhouse({
    fetch: world.fetch,
    nowMs: clock,
    pools: [{ userPoolId: pool.userPoolId }],
  });
  const short = pool.accessToken({ expiresInSeconds: 60 });
  const long = pool.accessToken({ expiresInSeconds: 86_400 });
  const first = await kit.verify(short);
  assert.equal(await kit.verify(short), first, 'the same frozen object');
  nowMs += 59_999;
  assert.equal(await kit.verify(short), first);
  nowMs += 1;
  await assert.rejects(kit.verify(short), { reason: 'expired' });

  const seen = await kit.verify(long);
  world.keySets[jwksAt(pool.issuer)] = OWN.jwks;
  nowMs += 10 * 60_000;
  // This one starts the refresh in the background, and is still let in.
  assert.equal(await kit.verify(long), seen);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  await assert.rejects(kit.verify(long), { reason: 'unknown-key' });
});

test('req.auth is shared between requests, so nothing in it can be changed', async () => {
  const kit = poolhouse({ pools: [AWS.options] });
  const claims = { 'custom:a': { b: ['c'] } };
  const auth = await kit.verify(AWS.accessToken({ groups: ['staff'], claims }));
  const nested = auth.claims['custom:a'] as { b: string[] };
  for (const change of [
    () => Object.assign(auth, { sub: 'root' }),
    () => (auth.groups as string[]).push('admins'),
    () => (auth.claims['cognito:groups'] as string[]).push('admins'),
    () => (auth.scopes as string[]).push('admin'),
    () => nested.b.push('d'),
    () => Object.assign(auth.claims, { sub: 'root' }),
  ]) {
    assert.throws(change, TypeError);
  }
});

test('clocks may differ by the tolerance at the beginning of a token, and never at its end', async () => {
  let nowMs = 1_800_000_000_000;
  const pool = fakePool({ nowMs: () => 1_800_000_000_000 });
  const kit = poolhouse({ pools: [pool.options], nowMs: () => nowMs });
  const token = pool.accessToken({ expiresInSeconds: 10, claims: { nbf: 1_800_000_000 } });
  nowMs = 1_799_999_994_999;
  await assert.rejects(kit.verify(token), { reason: 'not-yet-valid' });
  nowMs = 1_799_999_995_000;
  await kit.verify(token);
  nowMs = 1_800_000_010_000;
  await assert.rejects(kit.verify(token), { reason: 'expired' });
});

test('keys that cannot be had let nobody in: 503, and an event for the log', async (t) => {
  const events: PoolhouseEvent[] = [];
  const { fetch, keySets } = network({});
  let nowMs = Date.now();
  const kit = poolhouse({
    fetch,
    nowMs: () => nowMs,
    prefetch: true,
    pools: [{ userPoolId: AWS.userPoolId }],
    onEvent: (event) => {
      events.push(event);
      throw new Error('a log that fails decides nothing');
    },
  });
  await assert.rejects(kit.ready(), /keys at .* could not be fetched/);
  const app = express();
  app.get('/', kit.requireAuth(), (_req, res) => void res.json({ in: true }));
  const server = app.listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const headers = { authorization: `Bearer ${AWS.accessToken()}` };
  const answer = await globalThis.fetch(url, { headers });
  assert.equal(answer.status, 503);
  assert.equal(answer.headers.get('retry-after'), '5');
  assert.equal(answer.headers.get('www-authenticate'), null);
  assert.deepEqual(await answer.json(), {
    message: 'Tokens cannot be checked at the moment. Try again shortly.',
  });
  assert.deepEqual(
    events.map((event) => (event.type === 'refused' ? event.reason : event.jwksUri)),
    [jwksAt(AWS.issuer), 'keys-unavailable'],
  );
  keySets[jwksAt(AWS.issuer)] = AWS.jwks;
  nowMs += 2_000;
  assert.equal((await globalThis.fetch(url, { headers })).status, 200);
});

test('prefetch has the keys there before the first request', async () => {
  const { fetched, fetch } = network({ [jwksAt(AWS.issuer)]: AWS.jwks });
  const kit = poolhouse({ fetch, prefetch: true, pools: [{ userPoolId: AWS.userPoolId }] });
  await kit.ready();
  await kit.verify(AWS.accessToken());
  assert.equal(fetched.length, 1);
});

test('settings and rules that cannot work are refused at start', async (t) => {
  const pools = [AWS.options];
  const settings: readonly [string, Partial<PoolhouseOptions>, RegExp][] = [
    ['no pools', { pools: [] }, /pools/],
    ['pools left out', { pools: undefined }, /pools/],
    ['the same pool twice', { pools: [AWS.options, AWS.options] }, /appears twice/],
    ['a realm with a quote', { realm: 'a"b' }, /realm/],
    ['a realm with a line end', { realm: 'a\r\nb' }, /realm/],
    ['a tolerance of an hour', { clockToleranceSeconds: 3600 }, /clockToleranceSeconds/],
    ['a negative cache', { cachedTokens: -1 }, /cachedTokens/],
    ['no number', { cachedTokens: NaN }, /cachedTokens/],
    ['a long revocation cache', { revocation: { cacheSeconds: 600 } }, /cacheSeconds/],
  ];
  for (const [name, options, message] of settings) {
    await t.test(name, () => {
      const expected = { name: 'ConfigurationError', message };
      assert.throws(() => poolhouse({ pools, ...options }), expected);
    });
  }
  const rules: readonly [string, AuthRules, RegExp][] = [
    ['no groups', { groups: [] }, /groups/],
    ['a group that is not set', { groups: [undefined as unknown as string] }, /groups/],
    ['a text for a list', { groups: 'admin' as unknown as string[] }, /groups/],
    ['another use', { tokenUse: 'refresh' as 'access' }, /tokenUse/],
    ['roles of access tokens', { roles: ['a'] }, /rolesClaim/],
    ['scopes of ID tokens', { tokenUse: 'id', scopes: ['a'] }, /ID tokens have no scopes/],
    ['two scopes in one', { scopes: ['a b'] }, /scopes/],
    ['a scope with a quote', { scopes: ['a"'] }, /scopes/],
    ['revocation of ID tokens', { tokenUse: 'id', checkRevocation: true }, /checkRevocation/],
  ];
  for (const [name, rule, message] of rules) {
    await t.test(name, () => {
      const expected = { name: 'ConfigurationError', message };
      assert.throws(() => poolhouse({ pools }).requireAuth(rule), expected);
    });
  }
});

test('roles of a claim of your own are read from access tokens too', async () => {
  const kit = poolhouse({ pools: [AWS.options], rolesClaim: 'custom:roles' });
  const token = AWS.accessToken({ claims: { 'custom:roles': ['editor'] } });
  assert.deepEqual((await kit.verify(token, { roles: ['editor', 'owner'] })).roles, ['editor']);
  await assert.rejects(kit.verify(token, { roles: ['owner'] }), { status: 403, reason: 'roles' });
});
