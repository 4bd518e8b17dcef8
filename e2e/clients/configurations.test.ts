/**
 * Every "configuration to paste", as the console and `npm start` produce it, run on the pool that it names. The Angular kit's and the
 * starter's are used by the browser journeys.
 */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { configurationsOf, type Configuration } from '@poolhouse/console-app/configurations';
import { freePort, inheritedEnvironment, startServer } from './server-under-test.ts';

const run = promisify(execFile);
const LIMIT_MS = 60_000;
const PASSWORD = 'Correct-horse-1';

const server = await startServer();
after(() => server.remove());
const aws = server.client();
const configurations = await makePool();
// Inside the repository, so that packages are found as an application finds them.
const folder = mkdtempSync(join(fileURLToPath(new URL('.', import.meta.url)), '.configurations-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const environment = {
  ...inheritedEnvironment(),
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
};

suite('configurations to paste', () => {
  test('are of these kinds', () => {
    assert.deepEqual(
      configurations.map(({ id }) => id),
      ['angular', 'starter', 'amplify', 'express', 'sdk', 'cli'],
    );
  });

  test('Amplify signs in', async () => {
    const file = write('amplify.mjs', [
      textOf('amplify'),
      `import { fetchAuthSession, signIn } from 'aws-amplify/auth';`,
      `await signIn({ username: 'mara', password: '${PASSWORD}' });`,
      'console.log((await fetchAuthSession()).tokens.accessToken.payload.username);',
    ]);
    assert.equal((await runNode(file)).trim(), 'mara');
  });

  test('Express recognises who sends a token', async (t) => {
    const port = await freePort();
    const file = write('express.mjs', [textOf('express').replace('3000', String(port))]);
    const child = spawn(process.execPath, ['-C', 'poolhouse-source', file], {
      env: environment,
      stdio: 'inherit',
    });
    t.after(() => child.kill('SIGKILL'));
    const me = (authorization?: string) =>
      fetch(`http://127.0.0.1:${port}/me`, { headers: authorization ? { authorization } : {} });
    const untilMs = performance.now() + LIMIT_MS;
    while (!(await me().catch(() => undefined))) {
      assert(performance.now() < untilMs, 'the application does not answer');
      await pause(50);
    }
    assert.equal((await me()).status, 401);
    const answer = await me(`Bearer ${await accessToken()}`);
    assert.deepEqual(await answer.json(), { username: 'mara' });
  });

  test('the AWS SDK lists users', async () => {
    assert.match(await runNode(write('sdk.mjs', [textOf('sdk')])), /Username: 'mara'/);
  });

  test('the AWS CLI describes the app client', async (t) => {
    const found = await run('aws', ['--version']).catch(() => undefined);
    if (found === undefined) {
      t.skip('aws is not installed');
      return;
    }
    const file = write('cli.sh', [textOf('cli')]);
    const { stdout } = await run('sh', [file], { env: environment, timeout: LIMIT_MS });
    assert.match(stdout, /"ClientName": "web"/);
  });
});

function textOf(id: Configuration['id']): string {
  return configurations.find((one) => one.id === id)?.text ?? assert.fail(`no ${id}`);
}

function write(name: string, lines: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

async function runNode(file: string): Promise<string> {
  const options = { env: environment, timeout: LIMIT_MS };
  return (await run(process.execPath, ['-C', 'poolhouse-source', file], options)).stdout;
}

/** A pool with a user, and what an application is configured with for it. */
async function makePool(): Promise<readonly Configuration[]> {
  const { UserPool: { Id: UserPoolId = '' } = {} } = await aws.createUserPool({ PoolName: 'app' });
  const { UserPoolClient: { ClientId = '' } = {} } = await aws.createUserPoolClient({
    UserPoolId,
    ClientName: 'web',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH'],
  });
  const user = { UserPoolId, Username: 'mara' };
  await aws.adminCreateUser({ ...user, MessageAction: 'SUPPRESS' });
  await aws.adminSetUserPassword({ ...user, Password: PASSWORD, Permanent: true });
  const { UserPool: pool = {} } = await aws.describeUserPool({ UserPoolId });
  const { UserPoolClient: client } = await aws.describeUserPoolClient({ UserPoolId, ClientId });
  const facts = { pool, client, endpoint: server.publicUrl };
  // The SDK's types and ours describe the same answers.
  return configurationsOf(facts as unknown as Parameters<typeof configurationsOf>[0]);
}

async function accessToken(): Promise<string> {
  const client = JSON.parse(textOf('starter')) as { clientId: string };
  const { AuthenticationResult } = await aws.initiateAuth({
    ClientId: client.clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'mara', PASSWORD },
  });
  return AuthenticationResult?.AccessToken ?? assert.fail('no token');
}
