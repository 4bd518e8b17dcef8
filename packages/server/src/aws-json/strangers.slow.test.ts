import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { openMessage } from '@poolhouse/core';
import { postgresSkipReason, postgresTestDatabase } from '@poolhouse/storage/testing';
import { call } from '../testing/call.ts';
import { startServer } from '../testing/start-server.ts';

/* What a stranger can do to a user from one address, over HTTP and in parallel (findings D6, D7; security.md S13). */

const right = 'Right-1234!';
const production = {
  POOLHOUSE_MODE: 'production',
  POOLHOUSE_PUBLIC_URL: 'https://auth.example.com',
  POOLHOUSE_TRUSTED_PROXIES: '127.0.0.1',
};

async function attack(t: TestContext, environment: Readonly<Record<string, string>>) {
  const keys = `one:${randomBytes(32).toString('base64')}`;
  const running = await startServer(t, {
    environment: { ...production, POOLHOUSE_KEYS: keys, ...environment },
  });
  const { server } = running;
  const { UserPool } = await call(server, 'CreateUserPool', {
    PoolName: 'test',
    AutoVerifiedAttributes: ['email'],
  });
  const UserPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await call(server, 'CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'app',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  const ClientId = UserPoolClient?.ClientId ?? '';
  const email = { Name: 'email', Value: 'mara@example.com' };
  const mara = { UserPoolId, Username: 'mara' };
  const UserAttributes = [email, { Name: 'email_verified', Value: 'true' }];
  await call(server, 'AdminCreateUser', { ...mara, UserAttributes, MessageAction: 'SUPPRESS' });
  await call(server, 'AdminSetUserPassword', { ...mara, Password: right, Permanent: true });
  /** Sends a request from an address; returns how it ends. */
  const send = async (source: string, operation: string, input: object): Promise<string> => {
    const answer = await running.post(operation, JSON.stringify({ ClientId, ...input }), {
      'x-forwarded-for': source,
    });
    return answer.status === 200 ? 'answered' : String(answer.json()['__type']);
  };
  const signIn = (PASSWORD: string) => ({
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'mara', PASSWORD },
  });
  const reset = (ConfirmationCode: string) => ({
    Username: 'mara',
    ConfirmationCode,
    Password: 'Other-1234!',
  });
  const mails = async () => {
    const all = await server.storage.stores.outbox.list({ limit: 100 });
    return all.filter(({ to }) => to.toLowerCase().endsWith('@example.com'));
  };
  const [stranger, owner] = ['192.0.2.66', '198.51.100.7'] as const;
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, (_, at) =>
      send(stranger, 'SignUp', {
        Username: `user${at}`,
        Password: right,
        UserAttributes: [{ Name: 'email', Value: `Mara+${at}@Example.com` }],
      }),
    ),
  );
  assert.deepEqual(new Set(outcomes), new Set(['answered']));
  await Promise.all(
    Array.from({ length: 25 }, async () => {
      await send(stranger, 'ForgotPassword', { Username: 'mara' });
      await send(stranger, 'ConfirmForgotPassword', reset('000000'));
      await send(stranger, 'InitiateAuth', signIn('wrong'));
    }),
  );
  assert.equal((await mails()).length, 15);
  assert.equal(await send(owner, 'InitiateAuth', signIn(right)), 'NotAuthorizedException');
  assert.equal(await send(owner, 'ForgotPassword', { Username: 'mara' }), 'answered');
  const [mail] = await mails();
  assert(mail);
  assert.equal((await mails()).length, 16);
  const { code = '' } = await openMessage(server.world.vault, mail);
  assert.equal(await send(owner, 'ConfirmForgotPassword', reset(code)), 'answered');
  assert.equal(await send(owner, 'InitiateAuth', signIn('Other-1234!')), 'answered');
}

test('SQLite: one address floods, locks and uses everything up, and the owner still gets in', (t) =>
  attack(t, {}));

test(
  'PostgreSQL: one address floods, locks and uses everything up, and the owner still gets in',
  { skip: postgresSkipReason ?? false },
  async (t) => {
    const database = await postgresTestDatabase();
    try {
      await attack(t, { POOLHOUSE_DATABASE_URL: database.url });
    } finally {
      // After the server has ended, because its connections hold the tables.
      t.after(() => database.drop());
    }
  },
);
