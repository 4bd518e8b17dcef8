import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { postgresSkipReason, postgresTestDatabase } from '@poolhouse/storage/testing';
import { call } from './testing/call.ts';
import { startServer, type RunningServer } from './testing/start-server.ts';

/* When people type an unknown user name, it is sometimes their password: it must not be stored or logged anywhere. */

interface Typed {
  readonly name: string;
  readonly password: string;
  readonly code: string;
}

/** Sends every request with which somebody without a token can name an unknown user. */
async function typeEverywhere(running: RunningServer, client: string, pool: string, typed: Typed) {
  const { name, password, code } = typed;
  const ClientId = client;
  const send = async (operation: string, input: object): Promise<void> => {
    const { status } = await running.post(operation, JSON.stringify(input));
    assert.ok(status < 500, `${operation}: ${status}`);
  };
  const auth = (AuthFlow: string, secrets: object) =>
    send('InitiateAuth', { ClientId, AuthFlow, AuthParameters: { USERNAME: name, ...secrets } });
  const answer = (ChallengeName: string, responses: object, Session?: string) =>
    send('RespondToAuthChallenge', {
      ClientId,
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME: name, ...responses },
    });
  const user = { ClientId, Username: name };
  // More than any of their limits allows, so that refusals are included.
  for (let at = 0; at < 7; at += 1) {
    await auth('USER_PASSWORD_AUTH', { PASSWORD: password });
    await auth('USER_SRP_AUTH', { SRP_A: 'abcdef' });
    await send('ForgotPassword', user);
    await send('ConfirmForgotPassword', { ...user, ConfirmationCode: code, Password: password });
    await send('ResendConfirmationCode', user);
    await send('ConfirmSignUp', { ...user, ConfirmationCode: code });
  }
  await auth('USER_AUTH', { PASSWORD: password, PREFERRED_CHALLENGE: 'PASSWORD' });
  await auth('CUSTOM_AUTH', {});
  await auth('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: password });
  await answer('NEW_PASSWORD_REQUIRED', { NEW_PASSWORD: password }, password.repeat(3));
  await answer('PASSWORD_VERIFIER', {
    PASSWORD_CLAIM_SECRET_BLOCK: Buffer.from(password).toString('base64'),
    PASSWORD_CLAIM_SIGNATURE: Buffer.from(name).toString('base64'),
    TIMESTAMP: 'Mon Nov 23 09:00:00 UTC 2026',
  });
  // Refused for one reason or another, so none creates a user.
  await send('SignUp', { ...user, Password: name.toLowerCase() });
  await send('SignUp', {
    ...user,
    Password: password,
    UserAttributes: [{ Name: 'no', Value: name }],
  });
  await send('SignUp', { ...user, ClientId: 'unknown', Password: password });
  for (const token of [name, password]) {
    await send('GetTokensFromRefreshToken', { ClientId, RefreshToken: token });
    await send('RevokeToken', { ClientId, Token: token });
    await send('GetUser', { AccessToken: token });
    await send('ChangePassword', {
      AccessToken: token,
      PreviousPassword: password,
      ProposedPassword: password,
    });
  }
  const query = new URLSearchParams({
    client_id: ClientId,
    user_name: name,
    confirmation_code: code,
  }).toString();
  const path = `/d/${pool}/confirmUser/`;
  await running.send({ method: 'GET', path: `${path}?${query}` });
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'sec-fetch-site': 'same-origin',
  };
  const page = await running.send({ path, body: query, headers });
  assert.ok(page.status < 500, page.body);
}

/** Texts that occur nowhere else. */
function canaries(): readonly Typed[] {
  const mark = () => `Zq7${randomBytes(8).toString('hex')}`;
  return [
    mark(),
    `${mark()}@example.com`,
    `+1555${randomInt(1e8, 1e9)}`,
    `${mark()}-ＷＩＤＥ-Straße`,
  ].map((name) => ({ name, password: `Pw-1${mark()}`, code: `c${mark()}` }));
}

/** The forms in which a typed text could appear: as it is, as its key, and in other encodings. */
function tracesOf({ name, password, code }: Typed): readonly string[] {
  return [name, password, code].flatMap((text) => {
    const core = /zq7[\da-f]{16}|1555\d{9}/i.exec(text)?.[0] ?? text;
    return [core, Buffer.from(core).toString('hex'), Buffer.from(core).toString('base64url')];
  });
}

async function search(running: RunningServer, contents: () => Promise<string>): Promise<void> {
  const { server, logged } = running;
  const kinds = [
    [{ AutoVerifiedAttributes: ['email'] }, 'LEGACY'],
    [{ AutoVerifiedAttributes: ['email'], AliasAttributes: ['email'] }, 'ENABLED'],
    [{ UsernameAttributes: ['email', 'phone_number'] }, 'ENABLED'],
  ] as const;
  const typed: Typed[] = [];
  for (const [settings, PreventUserExistenceErrors] of kinds) {
    const { UserPool } = await call(server, 'CreateUserPool', { PoolName: 'p', ...settings });
    const UserPoolId = UserPool?.Id ?? '';
    const { UserPoolClient } = await call(server, 'CreateUserPoolClient', {
      UserPoolId,
      ClientName: 'app',
      PreventUserExistenceErrors,
      ExplicitAuthFlows: [
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_USER_SRP_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
      ],
    });
    for (const one of canaries()) {
      await typeEverywhere(running, UserPoolClient?.ClientId ?? '', UserPoolId, one);
      typed.push(one);
    }
  }
  // This one must be found, or the search has not read what it should.
  const { UserPool } = await call(server, 'CreateUserPool', { PoolName: 'control' });
  const control = { UserPoolId: UserPool?.Id ?? '', Username: 'control@example.com' };
  await call(server, 'AdminCreateUser', control);
  const text = `${await contents()}\n${JSON.stringify(logged)}`.toLowerCase();
  assert.ok(text.includes('control@example.com'));
  for (const trace of typed.flatMap(tracesOf)) {
    assert.ok(!text.includes(trace.toLowerCase()), `${trace} is kept`);
  }
}

test('SQLite: an unknown name that somebody types is kept in no file and no log', async (t) => {
  const running = await startServer(t);
  await search(running, async () => {
    const files = await readdir(running.dataFolder);
    assert.ok(files.some((file) => file.endsWith('-wal')));
    const all = files.filter((file) => !file.endsWith('.sock'));
    const texts = await Promise.all(all.map((file) => readFile(join(running.dataFolder, file))));
    return Buffer.concat(texts).toString('latin1');
  });
});

test(
  'PostgreSQL: an unknown name that somebody types is kept in no table and no log',
  { skip: postgresSkipReason ?? false },
  async (t) => {
    const database = await postgresTestDatabase();
    const environment = { POOLHOUSE_DATABASE_URL: database.url };
    const running = await startServer(t, { environment });
    t.after(() => database.drop());
    await search(running, () => database.contents());
  },
);
