import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { poolId } from '@poolhouse/core';
import { call } from '../testing/call.ts';
import { startServer } from '../testing/start-server.ts';

async function open(t: TestContext, environment: Readonly<Record<string, string>>) {
  const running = await startServer(t, {
    environment,
    replacements: { clock: { nowMs: () => Date.UTC(2026, 10, 23) } },
  });
  const { server, post } = running;
  const { UserPool } = await call(server, 'CreateUserPool', { PoolName: 'test' });
  const { UserPoolClient } = await call(server, 'CreateUserPoolClient', {
    UserPoolId: UserPool?.Id ?? '',
    ClientName: 'test',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
  });
  const { ClientId } = UserPoolClient ?? {};
  let attempts = 0;
  const AuthFlow = 'USER_PASSWORD_AUTH';
  /** One attempt on a name that nobody has tried before. */
  const attempt = async (headers: Record<string, string> = {}) => {
    attempts += 1;
    const AuthParameters = { USERNAME: `user${attempts}`, PASSWORD: 'Spring-2026' };
    const body = JSON.stringify({ ClientId, AuthFlow, AuthParameters });
    return (await post('InitiateAuth', body, headers)).json()['__type'];
  };
  return { ...running, attempt };
}

const production = {
  POOLHOUSE_MODE: 'production',
  POOLHOUSE_PUBLIC_URL: 'https://auth.example.com',
  POOLHOUSE_KEYS: `one:${randomBytes(32).toString('base64')}`,
};

test('one attempt on each of many users is slowed down in production, by address (security.md S14)', async (t) => {
  const { attempt, logged } = await open(t, {
    ...production,
    POOLHOUSE_TRUSTED_PROXIES: '127.0.0.0/8',
  });
  const from = (address: string) => ({ 'x-forwarded-for': `6.6.6.6, ${address}` });
  const answers: unknown[] = [];
  for (let count = 0; count < 320; count += 1) answers.push(await attempt(from('192.0.2.1')));
  const through = answers.filter((code) => code === 'NotAuthorizedException').length;
  assert.equal(through, 300);
  assert.equal(answers.at(-1), 'TooManyRequestsException');
  assert.equal(await attempt(from('192.0.2.2')), 'NotAuthorizedException');
  const slowed = logged.filter(({ event }) => event === 'guessing.slowed');
  assert.equal(slowed.length, 1);
  assert.equal(slowed[0]?.fields['source'], '192.0.2.1');
});

test('a stranger’s header counts for nothing: an address that is not configured as a proxy is itself held to account', async (t) => {
  const { attempt, logged } = await open(t, production);
  const headers: Record<string, string>[] = [
    { 'x-forwarded-for': '198.51.100.7' },
    { forwarded: 'for=198.51.100.8' },
    { 'x-real-ip': '198.51.100.9' },
    {},
  ];
  const answers: unknown[] = [];
  for (let count = 0; count < 340; count += 1) answers.push(await attempt(headers[count % 4]));
  const refused = answers.filter((code) => code === 'TooManyRequestsException').length;
  assert.equal(refused, 40);
  const warned = logged.filter(({ event }) => event === 'proxy.untrusted');
  assert.equal(warned.length, 1, 'said once');
  assert.equal(warned[0]?.fields['proxy'], '127.0.0.1');
  assert.match(String(warned[0]?.fields['fix']), /POOLHOUSE_TRUSTED_PROXIES=127\.0\.0\.1/);
});

test('honest development is not slowed down, but endless guessing is, even there', async (t) => {
  const { attempt, server } = await open(t, {});
  for (let count = 0; count < 320; count += 1) {
    assert.equal(await attempt(), 'NotAuthorizedException');
  }
  const pool = poolId('eu-west-1_other');
  for (let count = 320; count < 10_000; count += 1) {
    assert.equal(server.world.attemptBudgets.take(pool, '127.0.0.1'), true);
  }
  assert.equal(await attempt(), 'TooManyRequestsException');
});
