import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import express from 'express';
import { authOf, poolhouse, type AuthRules } from './index.ts';
import { fakePool } from './testing/index.ts';

const pool = fakePool();
const role = 'arn:aws:iam::123456789012:role/staff';
const kit = poolhouse({ pools: [pool.options], realm: 'orders' });

const ROUTES: Record<string, AuthRules> = {
  '/any-access': {},
  '/id': { tokenUse: 'id' },
  '/either': { tokenUse: 'any' },
  '/staff': { groups: ['staff', 'admins'] },
  '/role': { tokenUse: 'id', roles: [role] },
  '/orders': { scopes: ['orders/read', 'orders/write'] },
  '/client': { clientIds: ['another'] },
};

const app = express();
// Keeps Express from printing the error that one of these tests provokes.
app.set('env', 'test');
for (const [path, rules] of Object.entries(ROUTES)) {
  app.get(path, kit.requireAuth(rules), (req, res) => {
    res.json({ sub: authOf(req).sub, username: req.auth?.username });
  });
}
app.get('/open', (req, res) => void res.json({ sub: authOf(req).sub }));
const server = createServer(app);
let port = 0;

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
after(() => server.close());

/** Sends the header as it is: `fetch` would tidy it. */
async function get(path: string, ...authorization: (string | undefined)[]) {
  const sentOnes = authorization.filter((value) => value !== undefined);
  const headers = ['Host', 'localhost', ...sentOnes.flatMap((value) => ['Authorization', value])];
  const sent = request({ host: '127.0.0.1', port, path, headers }).end();
  const [answer] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return { status: answer.statusCode, headers: answer.headers, text };
}

test('who may pass, and who is answered what', async (t) => {
  const user = { sub: 'sub-1', username: 'ann' };
  const access = (more = {}) => pool.accessToken({ ...user, ...more });
  const id = (more = {}) => pool.idToken({ ...user, ...more });
  const forbidden = 'You are signed in, but you may not do this.';
  const noScope = 'The token does not carry the scope that this needs.';
  const cases: readonly [string, string, string, number, string?, string?][] = [
    ['an access token', '/any-access', access(), 200],
    ['an ID token', '/id', id(), 200],
    ['either: access', '/either', access(), 200],
    ['either: ID', '/either', id(), 200],
    ['ID for access', '/any-access', id(), 401, 'An access token is needed here, not an ID token.'],
    ['access for ID', '/id', access(), 401, 'An ID token is needed here, not an access token.'],
    ['expired', '/any-access', access({ expiresInSeconds: -1 }), 401, 'The token has expired.'],
    ['one of the groups', '/staff', access({ groups: ['x', 'admins'] }), 200],
    ['another group', '/staff', access({ groups: ['Staff', 'staff2'] }), 403, forbidden],
    ['no group', '/staff', access(), 403, forbidden],
    ['the role', '/role', id({ roles: ['x', role] }), 200],
    ['another role', '/role', id({ roles: [`${role}2`] }), 403, forbidden],
    ['all scopes', '/orders', access({ scopes: ['orders/write', 'a', 'orders/read'] }), 200],
    [
      'one scope too few',
      '/orders',
      access({ scopes: ['orders/read', 'orders/write2'] }),
      403,
      noScope,
      ', scope="orders/read orders/write"',
    ],
    ['another client of the route', '/client', access(), 401, 'The token is not valid here.'],
    ['junk', '/any-access', 'junk', 401, 'The token is not valid here.'],
  ];
  for (const [name, path, token, status, message, scope = ''] of cases) {
    await t.test(name, async () => {
      const answer = await get(path, `Bearer ${token}`);
      assert.equal(answer.status, status);
      if (message === undefined) return assert.deepEqual(JSON.parse(answer.text), user);
      const error = status === 403 ? 'insufficient_scope' : 'invalid_token';
      assert.equal(answer.text, JSON.stringify({ error, message }));
      assert.equal(
        answer.headers['www-authenticate'],
        `Bearer realm="orders", error="${error}", error_description="${message}"${scope}`,
      );
      assert.equal(answer.headers['cache-control'], 'no-store');
      assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
    });
  }
});

test('a request without a token is asked for one, without an error code', async (t) => {
  const good = pool.accessToken();
  const cases: Record<string, [string, string | undefined]> = {
    'no header': ['/any-access', undefined],
    'the scheme alone': ['/any-access', 'Bearer'],
    'another scheme': ['/any-access', 'Basic YTpi'],
    'a token without its scheme': ['/any-access', good],
    'a scheme that begins alike': ['/any-access', `BearerToken ${good}`],
    'in the query': [`/any-access?access_token=${good}`, undefined],
  };
  for (const [name, [path, authorization]] of Object.entries(cases)) {
    await t.test(name, async () => {
      const { status, headers, text } = await get(path, authorization);
      assert.equal(status, 401);
      assert.equal(headers['www-authenticate'], 'Bearer realm="orders"');
      assert.deepEqual(JSON.parse(text), {
        message: 'Sign in first: this needs an access token in the Authorization header.',
      });
    });
  }
  assert.match((await get('/id')).text, /needs an ID token/);
});

test('how the header may be written', async () => {
  const good = pool.accessToken();
  for (const header of [`bearer ${good}`, `BEARER ${good}`, `Bearer   ${good}`]) {
    assert.equal((await get('/any-access', header)).status, 200, header.slice(0, 10));
  }
  // Of two headers Node hands on the first alone: a second one cannot replace it.
  assert.equal((await get('/any-access', 'Bearer junk', `Bearer ${good}`)).status, 401);
  assert.equal((await get('/any-access', `Bearer ${good}, Bearer ${good}`)).status, 401);
});

test('authOf() on a route that is not protected is an error of the application', async () => {
  const { status } = await get('/open', `Bearer ${pool.accessToken()}`);
  assert.equal(status, 500);
  assert.throws(() => authOf({}), /not behind requireAuth/);
});
