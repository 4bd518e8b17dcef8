import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { startServer } from '../testing/start-server.ts';

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

test('a browser finds a page with the links at /; programs get what they got before', async (t) => {
  const { send, url } = await startServer(t);
  const page = await send({ method: 'GET', path: '/', headers: BROWSER });
  assert.equal(page.status, 200);
  assert.match(String(page.headers['content-type']), /^text\/html/);
  assert.match(String(page.headers['content-security-policy']), /default-src 'none'/);
  for (const path of ['/console', '/inbox', '/readyz']) {
    assert(page.body.includes(`href="${path}"`), path);
    const found = await send({ method: 'GET', path, headers: BROWSER });
    // The console answers 503 until it has been built.
    assert.notEqual(found.status, 404, path);
  }
  assert(page.body.includes(`AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER=${url}`));
  assert.equal((await send({ method: 'HEAD', path: '/', headers: BROWSER })).status, 200);
  for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json' }]) {
    const answer = await send({ method: 'GET', path: '/', headers });
    assert.deepEqual([answer.status, answer.json()], [404, { message: 'Not Found' }]);
    assert.match(String(answer.headers.vary), /Accept/);
  }
  assert.equal((await send({ method: 'GET', path: '/nowhere', headers: BROWSER })).status, 404);
});

test('a client that is not on this machine gets no link to the inbox, which answers nobody else', async (t) => {
  const { send } = await startServer(t);
  const headers = { ...BROWSER, host: 'auth.example.com' };
  const { status, body } = await send({ method: 'GET', path: '/', headers });
  assert.equal(status, 200);
  assert(!body.includes('inbox'));
});

test('production has no link to an inbox, and names its public URL', async (t) => {
  const { send } = await startServer(t, {
    environment: {
      POOLHOUSE_MODE: 'production',
      POOLHOUSE_PUBLIC_URL: 'https://auth.example.com',
      POOLHOUSE_KEYS: `main:${randomBytes(32).toString('base64')}`,
    },
  });
  const { body } = await send({ method: 'GET', path: '/?x', headers: BROWSER });
  assert(!body.includes('inbox'));
  assert(body.includes('--endpoint-url https://auth.example.com'));
});
