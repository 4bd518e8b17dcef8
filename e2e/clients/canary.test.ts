/**
 * Secrets go through the API in every possible way; afterwards neither the database nor the log contains one. Source: security.md R10, X26.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { promisify } from 'node:util';
import {
  createSecretHash,
  createSrpSession,
  signSrpSession,
  wrapAuthChallenge,
  wrapInitiateAuth,
} from 'cognito-srp-helper';
import { onPath } from '../../scripts/debian.mjs';
import { searchSecrets, type Canaries } from './secret-search.ts';
import { startServer, type ServerUnderTest } from './server-under-test.ts';
import { BY_CODE, makeTutorialPool, makeUser } from './tutorial-pool.ts';

const execute = promisify(execFile);
/** In clear in the database, or the search has not read it. */
const CONTROL = 'control@example.com';

/** Hundreds of random or signed bits: the server recognises refresh tokens by their digests. */
const UNGUESSABLE = new Set([
  'refresh tokens',
  'access tokens',
  'ID tokens',
  'signatures of tokens',
  'sessions',
  'secret blocks',
]);

/** Uses secrets of every kind through the API, and returns them all. */
async function spreadSecrets(server: ServerUnderTest): Promise<readonly Canaries[]> {
  const aws = server.client();
  const flows = [
    'ALLOW_USER_PASSWORD_AUTH',
    'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    'ALLOW_USER_SRP_AUTH',
  ] as const;
  const { UserPoolId, ClientId } = await makeTutorialPool(aws, BY_CODE, {
    ExplicitAuthFlows: [...flows, 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  const byLink = await makeTutorialPool(aws);
  const kept = new Map<string, Set<string>>();
  const keep = <Value extends string | undefined>(kind: string, value: Value): Value => {
    assert(value, kind);
    kept.set(kind, (kept.get(kind) ?? new Set()).add(value));
    return value;
  };
  const password = (kind = 'passwords') =>
    keep(kind, `Canary-1<&"${randomBytes(9).toString('base64url')}`);
  const refused = (attempt: Promise<unknown>) => assert.rejects(attempt);
  const signIn = (USERNAME: string, PASSWORD: string, client = ClientId) =>
    aws.initiateAuth({
      ClientId: client,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD },
    });
  const keepTokens = ({ AuthenticationResult: tokens }: Awaited<ReturnType<typeof signIn>>) => {
    keep('access tokens', tokens?.AccessToken);
    keep('signatures of tokens', tokens?.AccessToken?.split('.')[2]);
    keep('ID tokens', tokens?.IdToken);
    if (tokens?.RefreshToken) keep('refresh tokens', tokens.RefreshToken);
    return { AccessToken: tokens?.AccessToken ?? '', RefreshToken: tokens?.RefreshToken ?? '' };
  };
  const signUp = (Username: string, Password: string, client = ClientId) =>
    aws.signUp({
      ClientId: client,
      Username,
      Password,
      UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
    });

  // Codes, three of a kind, which stay valid.
  for (const number of [1, 2, 3]) {
    const [newcomer, forgetful, mover] = [`new${number}`, `forgot${number}`, `moved${number}`];
    await signUp(newcomer, password());
    keep('codes of sign-up', await server.code(`${newcomer}@example.com`));
    await signUp(newcomer, password(), byLink.ClientId);
    const link = (await server.messages(`${newcomer}@example.com`))[0]?.link ?? '';
    keep('codes of links', new URL(link).searchParams.get('confirmation_code') ?? undefined);
    assert.equal((await fetch(link)).status, 200);
    await makeUser(aws, UserPoolId, forgetful);
    await aws.forgotPassword({ ClientId, Username: forgetful });
    keep('codes of forgotten passwords', await server.code(`${forgetful}@example.com`));
    await makeUser(aws, UserPoolId, mover);
    const Password = password();
    await aws.adminSetUserPassword({ UserPoolId, Username: mover, Password, Permanent: true });
    const { AccessToken } = keepTokens(await signIn(mover, Password));
    await aws.getUserAttributeVerificationCode({ AccessToken, AttributeName: 'email' });
    keep('codes of addresses', await server.code(`${mover}@example.com`));
    // Used codes, too.
    await makeUser(aws, UserPoolId, `used${number}`);
    await aws.forgotPassword({ ClientId, Username: `used${number}` });
    await aws.confirmForgotPassword({
      ClientId,
      Username: `used${number}`,
      ConfirmationCode: keep('used codes', await server.code(`used${number}@example.com`)),
      Password: password(),
    });
  }

  // Everyday use of the pool: sign-ins, refreshes, changed and mistyped passwords.
  const first = password();
  await signUp('control', first);
  await aws.adminConfirmSignUp({ UserPoolId, Username: 'control' });
  await refused(signIn('control', password('wrong passwords')));
  await refused(signIn(password('passwords as user names'), first));
  const { AccessToken, RefreshToken } = keepTokens(await signIn('control', first));
  keepTokens(await aws.getTokensFromRefreshToken({ ClientId, RefreshToken }));
  const second = password();
  const change = { AccessToken, PreviousPassword: first, ProposedPassword: second };
  await refused(aws.changePassword({ ...change, PreviousPassword: password('wrong passwords') }));
  await refused(aws.changePassword({ ...change, ProposedPassword: keep('weak', 'weak-canary') }));
  await aws.changePassword(change);
  const session = createSrpSession('control', second, UserPoolId, false);
  const AuthParameters = { USERNAME: 'control' };
  const started = await aws.initiateAuth(
    wrapInitiateAuth(session, { ClientId, AuthFlow: 'USER_SRP_AUTH' as const, AuthParameters }),
  );
  keep('secret blocks', started.ChallengeParameters?.['SECRET_BLOCK']);
  keepTokens(
    await aws.respondToAuthChallenge(
      wrapAuthChallenge(signSrpSession(session, started), {
        ClientId,
        ChallengeName: 'PASSWORD_VERIFIER' as const,
        ChallengeResponses: { USERNAME: 'control' },
      }),
    ),
  );
  await aws.revokeToken({ ClientId, Token: RefreshToken });
  await refused(aws.getTokensFromRefreshToken({ ClientId, RefreshToken }));
  await aws.globalSignOut(keepTokens(await signIn('control', second)));

  // Temporary passwords, one chosen by the administrator and one by the server, and the sessions for replacing them.
  for (const [Username, TemporaryPassword] of [
    ['invited', password('temporary passwords')],
    ['chosen', undefined],
  ] as const) {
    const email = `${Username}@example.com`;
    await aws.adminCreateUser({
      UserPoolId,
      Username,
      TemporaryPassword,
      DesiredDeliveryMediums: ['EMAIL'],
      UserAttributes: [{ Name: 'email', Value: email }],
    });
    const temporary = keep('temporary passwords', await server.code(email));
    const { Session } = await signIn(Username, temporary);
    const answer = (NEW_PASSWORD: string) =>
      aws.respondToAuthChallenge({
        ClientId,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: keep('sessions', Session),
        ChallengeResponses: { USERNAME: Username, NEW_PASSWORD },
      });
    await refused(answer(keep('weak', 'weak-canary')));
    await answer(password());
  }

  // An app client with a secret, and an access key.
  const confidential = await aws.createUserPoolClient({
    UserPoolId,
    ClientName: 'confidential',
    GenerateSecret: true,
    ExplicitAuthFlows: [...flows],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
  });
  const { ClientId: id = '', ClientSecret = '' } = confidential.UserPoolClient ?? {};
  keep('client secrets', ClientSecret);
  const withHash = (SECRET_HASH: string) =>
    aws.initiateAuth({
      ClientId: id,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'control', PASSWORD: second, SECRET_HASH },
    });
  const hash = keep('secret hashes', createSecretHash('control', id, ClientSecret));
  await refused(withHash(keep('secret hashes', randomBytes(32).toString('base64'))));
  const rotated = keepTokens(await withHash(hash));
  keepTokens(
    await aws.getTokensFromRefreshToken({
      ClientId: id,
      ClientSecret,
      RefreshToken: rotated.RefreshToken,
    }),
  );
  const client = { UserPoolId, ClientId: id };
  const secondSecret = await aws.addUserPoolClientSecret({
    ...client,
    ClientSecret: keep('client secrets', randomBytes(24).toString('hex')),
  });
  const { ClientSecretId } = secondSecret.ClientSecretDescriptor ?? {};
  await aws.deleteUserPoolClientSecret({ ...client, ClientSecretId });
  const generated = await aws.addUserPoolClientSecret(client);
  keep('client secrets', generated.ClientSecretDescriptor?.ClientSecretValue);

  // What the pool shows to identity providers: taken, replaced, and refused.
  const ofProvider = () => keep('secrets of providers', randomBytes(18).toString('base64url'));
  const details = (more: object) => ({ client_id: 'id', authorize_scopes: 'email', ...more });
  const google = { UserPoolId, ProviderName: 'Google' };
  const withSecret = () => details({ client_secret: ofProvider() });
  const created = { ...google, ProviderType: 'Google' as const };
  await aws.createIdentityProvider({ ...created, ProviderDetails: withSecret() });
  await refused(aws.createIdentityProvider({ ...created, ProviderDetails: withSecret() }));
  await aws.updateIdentityProvider({ ...google, ProviderDetails: withSecret() });
  await aws.createIdentityProvider({
    ...{ UserPoolId, ProviderName: 'SignInWithApple', ProviderType: 'SignInWithApple' },
    ProviderDetails: details({ team_id: 't', key_id: 'k', private_key: ofProvider() }),
  });

  const made = await server.command('keys', 'create', '--note', 'canary');
  const secretAccessKey = keep('access keys', /AWS_SECRET_ACCESS_KEY=(\S+)/.exec(made)?.[1]);
  const accessKeyId = /AWS_ACCESS_KEY_ID=(\S+)/.exec(made)?.[1] ?? '';
  await server
    .client({ credentials: { accessKeyId, secretAccessKey: secretAccessKey ?? '' } })
    .listUserPools({ MaxResults: 1 });

  // Requests that are refused before anything in them is examined.
  const post = (operation: string, body: string) =>
    fetch(server.url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
        Authorization: keep('headers', `Bearer ${randomBytes(24).toString('base64url')}`),
      },
      body,
    });
  const broken = password('passwords in broken requests');
  for (const body of [
    `{"ClientId":"${ClientId}","Password":"${broken}"`,
    `{"ClientId":"${ClientId}","Username":"a","Password":["${broken}"]}`,
    JSON.stringify({ ClientId, Username: 'a', Password: broken.repeat(20) }),
    JSON.stringify({ ClientId, Username: ` ${broken}`, Password: broken }),
  ]) {
    for (const operation of ['SignUp', 'AdminSetUserPassword', 'NoSuchOperation']) {
      assert.equal((await post(operation, body)).status, 400);
    }
  }
  return [...kept].map(([kind, values]) => ({
    kind,
    values: [...values],
    isUnguessable: UNGUESSABLE.has(kind),
  }));
}

/** Nothing that only this server may know is found anywhere; what everybody may know is found, which shows that the search works. */
function assertNoSecrets(
  places: Readonly<Record<string, Buffer>>,
  canaries: readonly Canaries[],
): void {
  const privateKeys = { kind: 'private keys', values: ['PRIVATE KEY-----', '"dp":"', '"qi":"'] };
  assert.deepEqual(searchSecrets(places, [...canaries, privateKeys]), []);
  const control = [{ kind: 'control', values: [CONTROL] }];
  assert(searchSecrets(places, control).some(({ form }) => form === 'clear'));
}

test('the search finds a secret in any of its forms', () => {
  const secret = 'Canary-1<&"x/ü"ÿÿ>';
  const bytes = Buffer.from(`"${secret}"`);
  const planted = [
    secret,
    bytes.toString('base64'),
    Buffer.concat([Buffer.from('a'), bytes]).toString('base64url'),
    Buffer.concat([Buffer.from('ab'), bytes]).toString('base64'),
    bytes.toString('hex').toUpperCase(),
    JSON.stringify({ secret }),
    encodeURIComponent(secret),
    Buffer.from(secret, 'utf16le'),
  ];
  for (const content of planted) {
    const place = Buffer.concat([randomBytes(999), Buffer.from(content as string), randomBytes(9)]);
    const hits = searchSecrets({ place }, [{ kind: 'passwords', values: ['another one', secret] }]);
    assert.equal(hits.length, 1, String(content));
  }
  const codes = [{ kind: 'codes', values: ['123456', '654321'] }];
  const found = (text: string) => searchSecrets({ place: Buffer.from(text) }, codes).length;
  assert.equal(found('a 123456, b 654321'), 2);
  assert.equal(found('a 123456, b 1765432100000'), 0);
});

suite('secrets that went through the API', () => {
  test('are neither in the SQLite files nor in the log', async (t) => {
    const server = await startServer({ POOLHOUSE_LOG_LEVEL: 'debug' });
    t.after(() => server.remove());
    const canaries = await spreadSecrets(server);
    t.diagnostic(`${canaries.flatMap(({ values }) => values).length} secrets`);
    assertNoSecrets(await filesOf(server.dataFolder), canaries);
    assert.equal(await server.end(), 0);
    assertNoSecrets(await filesOf(server.dataFolder), canaries);
  });

  const url = process.env['POOLHOUSE_TEST_DATABASE_URL'];
  const [psql, pgDump] = [postgresProgram('psql'), postgresProgram('pg_dump')];
  const skip =
    url === undefined
      ? 'POOLHOUSE_TEST_DATABASE_URL names no PostgreSQL server'
      : (psql === undefined || pgDump === undefined) && 'psql and pg_dump are not installed';

  test('are neither in PostgreSQL nor in the log', { skip }, async (t) => {
    assert(url && psql && pgDump);
    const name = `canary_${randomBytes(6).toString('hex')}`;
    await execute(psql, [url, '-c', `CREATE DATABASE ${name}`]);
    t.after(() => execute(psql, [url, '-c', `DROP DATABASE ${name} WITH (FORCE)`]));
    const own = new URL(url);
    own.pathname = `/${name}`;
    const server = await startServer({
      POOLHOUSE_LOG_LEVEL: 'debug',
      POOLHOUSE_DATABASE_URL: own.href,
    });
    t.after(() => server.remove());
    const canaries = await spreadSecrets(server);
    const { stdout } = await execute(pgDump, [own.href], { maxBuffer: 1 << 28 });
    assert.match(stdout, /COPY public\.users /);
    assert.equal(await server.end(), 0);
    const files = await filesOf(server.dataFolder);
    assertNoSecrets({ ...files, dump: Buffer.from(stdout) }, canaries);
  });
});

/** Every file of a data folder: the database with its journals, the key file and what the server wrote to its output. */
async function filesOf(folder: string): Promise<Record<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  assert(files.some((entry) => entry.name === 'output.txt'));
  const read = files.map(async ({ name, parentPath }) => {
    return [name, await readFile(join(parentPath, name))] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

/** A PostgreSQL program, from the newest release that Debian's packages have installed. */
function postgresProgram(name: string): string | undefined {
  const debian = '/usr/lib/postgresql';
  const releases = existsSync(debian)
    ? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
    : [];
  const paths = releases.map((release) => join(debian, release, 'bin', name));
  return paths.find((path) => existsSync(path)) ?? onPath(name);
}
