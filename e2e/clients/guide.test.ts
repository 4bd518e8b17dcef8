/** Every example in the guides of clients and of ways to sign in, unchanged, on the pool that `npm start` creates. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, suite, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inheritedEnvironment, startServer } from './server-under-test.ts';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../..', import.meta.url));
const guides = [
  ...['clients', 'sign-in-password', 'sign-in-srp', 'sign-in-choice', 'second-factors'],
  ...['sign-in-refresh', 'devices'],
]
  .map((name) => readFileSync(join(repository, `docs/guides/${name}.md`), 'utf8'))
  .join('\n');
/** Where scripts find this repository's packages, and, nearer, those that only the guide needs. */
const folder = join(repository, 'node_modules/.cache/poolhouse/guide');
const packages = join(repository, 'e2e/clients/guide-packages');

interface Example {
  readonly file: string;
  readonly language: string;
  readonly text: string;
}

const examples: readonly Example[] = [
  ...guides.matchAll(/^```(\w+) run=(\S+)\n([\s\S]*?)^```$/gm),
].map(([, language = '', file = '', text = '']) => ({ file, language, text }));

const REGION = 'ph-local-1';
const POOL = 'ph-local-1_Poolhouse1';
const CLIENT = '7poolhousestarter000000000';
const PASSWORD = 'Correct-horse-1';
const EXAMPLE_LIMIT_MS = 60_000;
/** What an example must print to have done its work. */
const proofs: Readonly<Record<string, RegExp>> = {
  'settings.sh': /"signInNames":\["username","email","preferred_username"\].*"verification":"link"/,
  'aws-cli.sh': /"Username": "mara"[\s\S]*"AccessToken"/,
  'curl.sh': /"AccessToken"[\s\S]*"Name":"poolhouse"/,
  'list-users.py': /mara CONFIRMED/,
  'aws-sdk-v3.mjs': /Bearer\nCONFIRMED/,
  'aws-sdk-v2.mjs': /^poolhouse$/m,
  'amplify-6.mjs': /^mara$/m,
  'identity-js.mjs': /^mara$/m,
  'backup-restore.mjs': /^true$/m,
  'password.mjs':
    /^NEW_PASSWORD_REQUIRED\nAccessToken ExpiresIn IdToken RefreshToken TokenType\n3600$/m,
  'password-back-end.mjs': /^Bearer$/m,
  'srp.mjs': /^PASSWORD_VERIFIER\nBearer$/m,
  'choice.mjs': /^SELECT_CHALLENGE EMAIL_OTP\nEMAIL_OTP n\*\*\*@e\*\*\*\nBearer$/m,
  'second-factors.mjs': /^SOFTWARE_TOKEN_MFA\nExpiredCodeException\nBearer$/m,
  'devices.mjs': /^false\nDEVICE_SRP_AUTH\nBearer\nAccessToken ExpiresIn IdToken TokenType$/m,
  'refresh.mjs':
    /^AccessToken ExpiresIn IdToken TokenType\nNotAuthorizedException: Refresh Token has been revoked$/m,
  'rotation.mjs': /^true\nRefreshTokenReuseException\nNotAuthorizedException$/m,
  'jose.mjs': /^mara$/m,
  'express-jwt.mjs': /200 {"username":"mara"}/,
  'oauth2-jwt-bearer.mjs': /200 {"username":"mara"}/,
  'aws-jwt-verify.mjs': /^mara$/m,
  'cognito-jwt-verifier.mjs': /^mara$/m,
};

const server = await startServer({
  POOLHOUSE_DECLARATION: join(repository, 'poolhouse.yaml'),
});
after(() => server.remove());
const aws = server.client({ region: REGION });
const missing = await installPackages();
const environment = await prepare();

suite('the guides', () => {
  test('has an example for each proof, and a proof for each example', () => {
    assert.deepEqual(examples.map(({ file }) => file).sort(), Object.keys(proofs).sort());
  });

  for (const example of examples) {
    test(example.file, async (t) => {
      const command = await commandFor(example, t);
      if (command === undefined) return;
      const file = join(folder, example.file);
      writeFileSync(file, example.text.replaceAll('http://localhost:8400', server.publicUrl));
      const { stdout } = await run(command, [file], {
        env: environment,
        cwd: folder,
        timeout: EXAMPLE_LIMIT_MS,
      });
      assert.match(stdout, proofs[example.file] ?? assert.fail('no proof'));
    });
  }
});

/** The program that runs an example; skips the test if the machine cannot have it. */
async function commandFor(
  { language, file }: Example,
  t: TestContext,
): Promise<string | undefined> {
  if (language === 'js') {
    if (missing === undefined) return process.execPath;
    t.skip(missing);
    return undefined;
  }
  if (language === 'py') {
    const python = process.env['POOLHOUSE_TEST_PYTHON'];
    if (python === undefined) t.skip('POOLHOUSE_TEST_PYTHON names no Python with boto3');
    return python;
  }
  const program = file === 'aws-cli.sh' ? 'aws' : 'curl';
  const found = await run(program, ['--version']).catch(() => undefined);
  if (found !== undefined) return 'sh';
  t.skip(`${program} is not installed`);
  return undefined;
}

/** Installs the packages that only the guide needs, once for each state of their lock file; returns why if that is impossible. */
async function installPackages(): Promise<string | undefined> {
  mkdirSync(folder, { recursive: true });
  const lock = readFileSync(join(packages, 'package-lock.json'), 'utf8');
  const noted = join(folder, 'installed-lock.json');
  if (existsSync(noted) && readFileSync(noted, 'utf8') === lock) return undefined;
  for (const name of ['package.json', 'package-lock.json']) {
    copyFileSync(join(packages, name), join(folder, name));
  }
  copyFileSync(join(repository, '.npmrc'), join(folder, '.npmrc'));
  try {
    await run('npm', ['ci', '--ignore-scripts'], { cwd: folder });
  } catch (error) {
    return `the guide's packages cannot be installed: ${String(error).split('\n')[0] ?? ''}`;
  }
  writeFileSync(noted, lock);
  return undefined;
}

/** Creates the guide's user, in the declared pool and in one whose issuer has Amazon's form. */
async function prepare(): Promise<NodeJS.ProcessEnv> {
  await makeUser(POOL);
  const { UserPool } = await aws.createUserPool({
    PoolName: 'aws-shaped',
    IssuerConfiguration: { Type: 'ORIGINAL' },
  });
  const shapedPool = UserPool?.Id ?? '';
  const { UserPoolClient } = await aws.createUserPoolClient({
    UserPoolId: shapedPool,
    ClientName: 'app',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
  });
  const shapedClient = UserPoolClient?.ClientId ?? '';
  await makeUser(shapedPool);
  return {
    ...inheritedEnvironment(),
    ACCESS_TOKEN: await accessToken(CLIENT),
    AWS_SHAPED_POOL_ID: shapedPool,
    AWS_SHAPED_CLIENT_ID: shapedClient,
    AWS_SHAPED_ACCESS_TOKEN: await accessToken(shapedClient),
  };
}

async function makeUser(UserPoolId: string): Promise<void> {
  const user = { UserPoolId, Username: 'mara' };
  const UserAttributes = [{ Name: 'email', Value: 'mara@example.com' }];
  await aws.adminCreateUser({ ...user, UserAttributes, MessageAction: 'SUPPRESS' });
  await aws.adminSetUserPassword({ ...user, Password: PASSWORD, Permanent: true });
}

async function accessToken(ClientId: string): Promise<string> {
  const { AuthenticationResult } = await aws.initiateAuth({
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'mara', PASSWORD },
  });
  return AuthenticationResult?.AccessToken ?? assert.fail('no token');
}
