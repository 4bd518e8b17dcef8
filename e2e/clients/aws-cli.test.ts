/** The AWS CLI from Debian's packages, unmodified: what administrators type. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { ensureDebianPackage, onPath } from '../../scripts/debian.mjs';
import { codeOf } from './authenticator-app.ts';
import { makeChoosingPool } from './choosing-pool.ts';
import { startServer, type ServerUnderTest } from './server-under-test.ts';
import { PASSWORD } from './tutorial-pool.ts';

const run = promisify(execFile);

/** The first one on PATH that starts: a placeholder of a version manager does not. */
async function findCli(): Promise<string | undefined> {
  for (const path of ['/usr/bin/aws', onPath('aws')]) {
    const works = path !== undefined && (await run(path, ['--version']).then(() => true, () => false)); // prettier-ignore
    if (works) return path;
  }
  return undefined;
}

const cli = await ensureDebianPackage(findCli, 'awscli');
const skip = 'missing' in cli && `No tests with the AWS CLI: ${cli.missing}`;

/** What a command prints; of what we read here, everything is text or another object. */
type Output = Readonly<Record<string, unknown>>;

/** Types commands at a server. */
function atServer(server: ServerUnderTest) {
  const env = {
    ...{ PATH: process.env['PATH'], HOME: server.dataFolder, AWS_EC2_METADATA_DISABLED: 'true' },
    ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    ...{ AWS_DEFAULT_REGION: 'eu-west-1', AWS_PAGER: '' },
  };
  return async (command: string, options: Readonly<Record<string, string>>, ...more: string[]) => {
    assert('path' in cli);
    const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const fixed = ['--endpoint-url', server.url, '--output', 'json', ...more];
    const { stdout } = await run(cli.path, ['cognito-idp', command, ...words, ...fixed], { env });
    return (stdout === '' ? {} : JSON.parse(stdout)) as Output;
  };
}

/** The text at a path, such as `UserPool.Id`. */
function text(output: Output, path: string): string {
  let found: unknown = output;
  for (const name of path.split('.')) found = (found as Output | undefined)?.[name];
  assert(typeof found === 'string', `${path} in ${JSON.stringify(output)}`);
  return found;
}

const UNSIGNED = '--no-sign-request';

test(
  'the CLI makes a pool, a client and a user, who signs in and sets a factor up',
  { skip },
  async (t) => {
    const server = await startServer();
    t.after(() => server.remove());
    const aws = atServer(server);
    const pool = text(await aws('create-user-pool', { 'pool-name': 'typed' }), 'UserPool.Id');
    const made = await aws('create-user-pool-client', {
      ...{ 'user-pool-id': pool, 'client-name': 'typed' },
      'explicit-auth-flows': 'ALLOW_USER_PASSWORD_AUTH',
    });
    const client = text(made, 'UserPoolClient.ClientId');
    const mara = { 'user-pool-id': pool, username: 'mara' };
    await aws('admin-create-user', {
      ...mara,
      ...{ 'temporary-password': 'Temporary-Horse-7', 'message-action': 'SUPPRESS' },
      'user-attributes': 'Name=email,Value=mara@example.com',
    });
    const signIn = (password: string) =>
      aws(
        'initiate-auth',
        {
          ...{ 'client-id': client, 'auth-flow': 'USER_PASSWORD_AUTH' },
          'auth-parameters': `USERNAME=mara,PASSWORD=${password}`,
        },
        UNSIGNED,
      );
    const answer = (name: string, asked: Output, responses: string) =>
      aws(
        'respond-to-auth-challenge',
        {
          ...{ 'client-id': client, 'challenge-name': name, session: text(asked, 'Session') },
          'challenge-responses': responses,
        },
        UNSIGNED,
      );
    const invited = await signIn('Temporary-Horse-7');
    assert.equal(invited['ChallengeName'], 'NEW_PASSWORD_REQUIRED');
    const renewed = await answer(
      'NEW_PASSWORD_REQUIRED',
      invited,
      `USERNAME=mara,NEW_PASSWORD=${PASSWORD}`,
    );
    const token = text(renewed, 'AuthenticationResult.AccessToken');

    const settings = await aws('set-user-pool-mfa-config', {
      ...{ 'user-pool-id': pool, 'mfa-configuration': 'OPTIONAL' },
      'software-token-mfa-configuration': 'Enabled=true',
    });
    assert.equal(settings['MfaConfiguration'], 'OPTIONAL');
    const associated = await aws('associate-software-token', { 'access-token': token }, UNSIGNED);
    const secret = text(associated, 'SecretCode');
    const verified = await aws(
      'verify-software-token',
      { 'access-token': token, 'user-code': codeOf(secret, Date.now() - 30_000) },
      UNSIGNED,
    );
    assert.equal(verified['Status'], 'SUCCESS');
    await aws('admin-set-user-mfa-preference', {
      ...mara,
      'software-token-mfa-settings': 'Enabled=true,PreferredMfa=true',
    });
    const seen = await aws('admin-get-user', mara);
    assert.deepEqual(seen['UserMFASettingList'], ['SOFTWARE_TOKEN_MFA']);
    const asked = await signIn(PASSWORD);
    assert.equal(asked['ChallengeName'], 'SOFTWARE_TOKEN_MFA');
    const code = (atMs: number) => `USERNAME=mara,SOFTWARE_TOKEN_MFA_CODE=${codeOf(secret, atMs)}`;
    await assert.rejects(
      answer('SOFTWARE_TOKEN_MFA', asked, code(0)),
      /An error occurred \(CodeMismatchException\) when calling the RespondToAuthChallenge operation/,
    );
    const done = await answer('SOFTWARE_TOKEN_MFA', asked, code(Date.now()));
    assert(text(done, 'AuthenticationResult.AccessToken'));
    await aws('admin-set-user-mfa-preference', {
      ...mara,
      'software-token-mfa-settings': 'Enabled=false',
    });
    assert(text(await signIn(PASSWORD), 'AuthenticationResult.IdToken'));
    await assert.rejects(
      aws('admin-get-user', { ...mara, username: 'nobody' }),
      /\(UserNotFoundException\)/,
    );
  },
);

test('the CLI signs in by a code that came by mail', { skip }, async (t) => {
  const server = await startServer();
  t.after(() => server.remove());
  const aws = atServer(server);
  const { UserPoolId, ClientId } = await makeChoosingPool(server.client());
  await aws('admin-create-user', {
    ...{ 'user-pool-id': UserPoolId, username: 'ida', 'message-action': 'SUPPRESS' },
    'user-attributes': JSON.stringify([
      { Name: 'email', Value: 'ida@example.com' },
      { Name: 'email_verified', Value: 'true' },
    ]),
  });
  const asked = await aws(
    'initiate-auth',
    {
      ...{ 'client-id': ClientId, 'auth-flow': 'USER_AUTH' },
      'auth-parameters': 'USERNAME=ida,PREFERRED_CHALLENGE=EMAIL_OTP',
    },
    UNSIGNED,
  );
  assert.equal(asked['ChallengeName'], 'EMAIL_OTP');
  const done = await aws(
    'respond-to-auth-challenge',
    {
      ...{ 'client-id': ClientId, 'challenge-name': 'EMAIL_OTP' },
      session: text(asked, 'Session'),
      'challenge-responses': `USERNAME=ida,EMAIL_OTP_CODE=${await server.code('ida@example.com')}`,
    },
    UNSIGNED,
  );
  assert(text(done, 'AuthenticationResult.AccessToken'));
});
