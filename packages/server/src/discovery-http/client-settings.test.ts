import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolClientCommand,
  SignUpCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { startServer } from '../testing/start-server.ts';
import { makeClientSettings } from './client-settings.ts';

async function withClient(t: TestContext) {
  const running = await startServer(t);
  const aws = running.client();
  const { UserPool } = await aws.send(
    new CreateUserPoolCommand({
      PoolName: 'secret name of the pool',
      AliasAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
      Policies: { PasswordPolicy: { MinimumLength: 15 } },
      Schema: [{ Name: 'email', AttributeDataType: 'String', Required: true }],
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
    }),
  );
  const pool = UserPool?.Id ?? '';
  const newClient = async (GenerateSecret = false) => {
    const { UserPoolClient } = await aws.send(
      new CreateUserPoolClientCommand({
        UserPoolId: pool,
        ClientName: 'secret name of the client',
        GenerateSecret,
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      }),
    );
    return UserPoolClient?.ClientId ?? '';
  };
  const client = await newClient();
  const get = (path: string, method = 'GET') => running.send({ method, path });
  return { ...running, aws, pool, client, newClient, get, path: pathOf(pool, client) };
}

const pathOf = (pool: string, client: string) => `/${pool}/clients/${client}/settings`;

test('an application in a browser learns its pool’s fields and rules, and nothing else', async (t) => {
  const { get, pool, client, path } = await withClient(t);
  const answer = await get(path);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['access-control-allow-origin'], '*');
  assert.match(String(answer.headers['cache-control']), /^public, max-age=\d+$/);
  assert.deepEqual(answer.json(), {
    userPoolId: pool,
    clientId: client,
    signInNames: ['username', 'email'],
    signUp: {
      open: true,
      requiredAttributes: ['email'],
      verifiedAttributes: ['email'],
      verification: 'link',
    },
    passwordPolicy: {
      minimumLength: 15,
      requireLowercase: false,
      requireUppercase: false,
      requireNumbers: false,
      requireSymbols: false,
    },
    authFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
    signInLinks: false,
    changeableAddresses: ['email', 'phone_number'],
  });
  assert.equal((await get(path, 'HEAD')).body, '');
  assert.equal((await get(path, 'OPTIONS')).headers['access-control-allow-origin'], '*');
  assert.equal((await get(path, 'POST')).status, 405);
});

test('a change of the pool is visible at once; sign-ups change nothing', async (t) => {
  const { aws, get, pool, client, path } = await withClient(t);
  const { body } = await get(path);
  await aws.send(
    new SignUpCommand({
      ClientId: client,
      Username: 'anna',
      Password: 'pond-light-gravel',
      UserAttributes: [{ Name: 'email', Value: 'anna@example.com' }],
    }),
  );
  assert.equal((await get(path)).body, body);
  const AdminCreateUserConfig = { AllowAdminCreateUserOnly: true };
  await aws.send(new UpdateUserPoolCommand({ UserPoolId: pool, AdminCreateUserConfig }));
  const { signUp } = (await get(path)).json() as { signUp: { open: boolean } };
  assert.equal(signUp.open, false);
});

test('app clients that are missing, deleted, of another pool or for servers have no settings', async (t) => {
  const { aws, get, pool, client, newClient } = await withClient(t);
  const { UserPool } = await aws.send(new CreateUserPoolCommand({ PoolName: 'other' }));
  const other = UserPool?.Id ?? '';
  const deleted = await newClient();
  await aws.send(new DeleteUserPoolClientCommand({ UserPoolId: pool, ClientId: deleted }));
  const missing = (id: string) => ({ message: `User pool client ${id} does not exist.` });
  for (const [path, answer] of [
    [pathOf('ph-local-1_nosuchone', client), 'User pool ph-local-1_nosuchone does not exist.'],
    [pathOf(pool, 'nosuchone'), missing('nosuchone').message],
    [pathOf(other, client), missing(client).message],
    [pathOf(pool, deleted), missing(deleted).message],
    [
      pathOf(pool, await newClient(true)),
      'This app client has a secret, so it is for servers. An application in a browser needs one without.',
    ],
  ] as const) {
    const { status, headers, json } = await get(path);
    assert.deepEqual([status, json()], [404, { message: answer }], path);
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['access-control-allow-origin'], '*');
  }
});

test('a source that asks endlessly is refused for a while, and no other is', async () => {
  let nowMs = 0;
  const answers = makeClientSettings({
    stores: {
      pools: { get: async () => undefined },
      clients: { get: async () => undefined },
    } as never,
    clock: { nowMs: () => nowMs },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    sourceOf: ({ headers }) => String(headers['source']),
  });
  const ask = (source: string) =>
    new Promise<number>((resolve) => {
      const request = { method: 'GET', url: pathOf('p_1', 'c'), headers: { source } };
      const response = { writeHead: (status: number) => resolve(status), end: () => undefined };
      assert.equal(answers(request as never, response as never), true);
    });
  for (let at = 0; at < 6_000; at += 1) assert.equal(await ask('one'), 404);
  assert.equal(await ask('one'), 429);
  assert.equal(await ask('another'), 404);
  nowMs = 60_000;
  assert.equal(await ask('one'), 404);
});
