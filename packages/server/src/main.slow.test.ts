import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { runMain, type Ended, type MainProcess } from './testing/run-main.ts';

async function dataFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-main-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function startMain(
  t: TestContext,
  environment: Readonly<Record<string, string>>,
): Promise<MainProcess & { readonly address: string }> {
  const running = runMain([], { POOLHOUSE_PORT: '0', ...environment });
  t.after(async () => {
    running.child.kill('SIGKILL');
    await running.ended;
  });
  return { ...running, address: await running.url };
}

const aws = (endpoint: string, id = 'local', secret = 'local') =>
  new CognitoIdentityProviderClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: id, secretAccessKey: secret },
    maxAttempts: 1,
  });

/** One clear line, and an exit code that says that nothing is running (F30). */
function assertRefused(ended: Ended, message: RegExp): void {
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, message);
  assert.equal(ended.stderr.trimEnd().split('\n').length, 1, ended.stderr);
  assert.equal(ended.stdout, '');
}

suite('the process', () => {
  test('says where everything is, and remembers it after a restart', async (t) => {
    const data = await dataFolder(t);
    const first = await startMain(t, { POOLHOUSE_DATA: data });
    await aws(first.address).send(new CreateUserPoolCommand({ PoolName: 'kept' }));
    first.child.kill('SIGTERM');
    const ended = await first.ended;
    assert.deepEqual([ended.code, ended.stderr], [0, '']);
    assert.match(ended.stdout, /Access key {2}local, secret local/);
    assert.match(ended.stdout, /Warning: created the key file .*poolhouse\.key/);
    const second = await startMain(t, { POOLHOUSE_DATA: data });
    const { UserPools } = await aws(second.address).send(
      new ListUserPoolsCommand({ MaxResults: 5 }),
    );
    assert.deepEqual(
      UserPools?.map(({ Name }) => Name),
      ['kept'],
    );
    second.child.kill('SIGTERM');
    assert.doesNotMatch((await second.ended).stdout, /Warning/);
  });

  test('says in its first line which mode it runs in, and why', async (t) => {
    const keys = { POOLHOUSE_KEYS: `k:${randomBytes(32).toString('base64')}` };
    const elsewhere = { POOLHOUSE_PUBLIC_URL: 'https://auth.example.com' };
    const starts: readonly (readonly [Record<string, string>, RegExp])[] = [
      [{}, /^Poolhouse runs in development: it listens on 127\.0\.0\.1 and has no public URL\.$/],
      [
        { ...elsewhere, ...keys },
        /^Poolhouse runs in production: its public URL is https:\/\/auth\.example\.com\.$/,
      ],
      [
        { ...elsewhere, POOLHOUSE_MODE: 'development' },
        /^Poolhouse runs in development: POOLHOUSE_MODE says so, although its public URL is .* only under loopback names\.$/,
      ],
    ];
    for (const [environment, line] of starts) {
      const running = runMain([], {
        POOLHOUSE_PORT: '0',
        POOLHOUSE_DATA: await dataFolder(t),
        ...environment,
      });
      await running.url;
      running.child.kill('SIGTERM');
      const { stdout } = await running.ended;
      const [first = ''] = stdout.split('\n').filter((text) => text.startsWith('Poolhouse runs'));
      assert.match(first, line);
      const isDevelopment = first.includes('in development');
      assert.match(stdout, isDevelopment ? /^ {2}SMS +kept in the inbox/m : /^ {2}SMS +NOT SENT/m);
      assert.equal(/Inbox +http:\/\/localhost:\d+\/inbox/.test(stdout), isDevelopment, stdout);
    }
    assertRefused(
      await runMain([], { ...elsewhere, POOLHOUSE_DATA: await dataFolder(t) }).ended,
      /^POOLHOUSE_KEYS is not set.* production: its public URL is .*POOLHOUSE_MODE=development/,
    );
  });

  test('refuses wrong settings, a taken port and unusable folders in one line each (F30)', async (t) => {
    const data = await dataFolder(t);
    const other = createServer().listen(0, '127.0.0.1');
    t.after(() => other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const file = join(data, 'file');
    await writeFile(file, '');
    const attempts: readonly (readonly [Record<string, string>, RegExp])[] = [
      [{ POOLHOUSE_PORT: 'x' }, /^POOLHOUSE_PORT /],
      [
        { POOLHOUSE_PORT: String(port), POOLHOUSE_DATA: data },
        /^POOLHOUSE_PORT is \d+, which another program uses/,
      ],
      [
        {
          POOLHOUSE_HOST: '203.0.113.7',
          POOLHOUSE_MODE: 'production',
          POOLHOUSE_DATA: data,
          POOLHOUSE_PUBLIC_URL: 'https://a.example',
          POOLHOUSE_PORT: '0',
          POOLHOUSE_KEYS: `k:${randomBytes(32).toString('base64')}`,
        },
        /^POOLHOUSE_(HOST|KEYS)/,
      ],
      [{ POOLHOUSE_DATA: join(file, 'below') }, /^POOLHOUSE_DATA /],
      [
        {
          NODE_ENV: 'production',
          POOLHOUSE_PUBLIC_URL: 'https://a.example',
          POOLHOUSE_DATA: join(data, 'p'),
        },
        /^POOLHOUSE_KEYS is not set/,
      ],
    ];
    for (const [environment, message] of attempts) {
      assertRefused(await runMain([], environment).ended, message);
    }
    assertRefused(
      await runMain(['fly'], {}).ended.then((ended) => ({
        ...ended,
        stderr: ended.stderr.split('\n')[0] ?? '',
      })),
      /^Usage: poolhouse/,
    );
  });

  test('refuses a database of another key, and names that key (F17)', async (t) => {
    const data = await dataFolder(t);
    const first = await startMain(t, { POOLHOUSE_DATA: data });
    first.child.kill('SIGTERM');
    await first.ended;
    const [id] = (await readFile(join(data, 'poolhouse.key'), 'utf8')).split(':');
    const another = randomBytes(32).toString('base64');
    for (const name of ['another', id]) {
      const ended = await runMain([], {
        POOLHOUSE_PORT: '0',
        POOLHOUSE_DATA: data,
        POOLHOUSE_KEYS: `${name}:${another}`,
      }).ended;
      assertRefused(ended, new RegExp(`^POOLHOUSE_KEYS: the key-encryption key "${id}" `));
      assert(!ended.stderr.includes(another));
    }
  });

  test('has exclusive use of its database: a second process is told so (F07)', async (t) => {
    const data = await dataFolder(t);
    const first = await startMain(t, { POOLHOUSE_DATA: data });
    const second = await runMain([], { POOLHOUSE_PORT: '0', POOLHOUSE_DATA: data }).ended;
    assertRefused(second, /in use by another Poolhouse process/);
    await aws(first.address).send(new ListUserPoolsCommand({ MaxResults: 5 }));
  });
});

suite('access keys on the command line', () => {
  const parse = ({ stdout }: Ended) => ({
    id: /AWS_ACCESS_KEY_ID=(\S+)/.exec(stdout)?.[1] ?? '',
    secret: /AWS_SECRET_ACCESS_KEY=(\S+)/.exec(stdout)?.[1] ?? '',
  });

  test('are created, listed and disabled while the server runs, and while it does not', async (t) => {
    const data = await dataFolder(t);
    const settings = { POOLHOUSE_DATA: data };
    const keys = (...args: string[]) => runMain(['keys', ...args], settings).ended;
    const offline = parse(await keys('create', '--note', 'made offline'));
    const server = await startMain(t, settings);
    assert.equal((await stat(join(data, 'poolhouse.sock'))).mode & 0o777, 0o600);
    const online = parse(
      await keys('create', '--pool', 'eu-west-1_abcdefghi', '--note', 'made online'),
    );
    for (const { id, secret } of [offline, online]) {
      const { UserPools } = await aws(server.address, id, secret).send(
        new ListUserPoolsCommand({ MaxResults: 5 }),
      );
      assert.deepEqual(UserPools, []);
    }
    const { stdout } = await keys('list');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    assert.deepEqual(
      new Set(lines.map(([id, state, , scope, note]) => [id, state, scope, note].join(' '))),
      new Set([
        `${offline.id} enabled all pools made offline`,
        `${online.id} enabled eu-west-1_abcdefghi made online`,
      ]),
    );
    assert(!stdout.includes(offline.secret) && !stdout.includes(online.secret));
    assert.equal((await keys('disable', online.id)).code, 0);
    await assert.rejects(
      aws(server.address, online.id, online.secret).send(
        new ListUserPoolsCommand({ MaxResults: 5 }),
      ),
      { name: 'UnrecognizedClientException' },
    );
    server.child.kill('SIGTERM');
    await server.ended;
    assert.match((await keys('list')).stdout, new RegExp(`${online.id}\tdisabled`));
    assertRefused(await keys('disable', 'PHNOSUCHKEY'), /There is no access key PHNOSUCHKEY/);
    assertRefused(await keys('create', '--pool', 'no pool'), /is no user pool id/);
    assert.equal((await keys('frobnicate')).code, 1);
  });
});

suite('administrators on the command line', () => {
  test('are added, listed and removed while the server runs, and while it does not', async (t) => {
    const data = await dataFolder(t);
    const settings = { POOLHOUSE_DATA: data, POOLHOUSE_PASSWORD_HASH: 'test' };
    const administrators = (...args: string[]) =>
      runMain(['administrators', ...args], settings).ended;
    const offline = await administrators(
      'add',
      'ada',
      '--role',
      'owner',
      '--email',
      'a@example.com',
    );
    assert.match(offline.stdout, /^ada is owner\. Temporary password: \S{20}$/m);
    const server = await startMain(t, settings);
    const online = await administrators('add', 'vera');
    assert.match(online.stdout, /^vera is viewer\. Temporary password: \S{20}$/m);
    assertRefused(await administrators('add', 'vera'), /already exists/);
    assertRefused(await administrators('add', 'max', '--role', 'king'), /^role: /);
    assertRefused(await administrators('add', 'max', '--email', 'nowhere'), /^email: /);
    const lines = (await administrators('list')).stdout.trimEnd().split('\n');
    assert.deepEqual(lines, [
      'ada\towner\ta@example.com\tnot signed in yet',
      'vera\tviewer\t\tnot signed in yet',
    ]);
    assertRefused(await administrators('remove', 'ada'), /ada is the last owner/);
    assertRefused(await administrators('remove', 'nobody'), /There is no administrator nobody/);
    assert.equal((await administrators('remove', 'vera')).code, 0);
    // Once there is an owner, there is no set-up link.
    server.child.kill('SIGTERM');
    const { stdout } = await server.ended;
    assert.doesNotMatch(stdout, /set-up\?token/);
    assert.match((await administrators('list')).stdout, /^ada\towner/);
    assert.equal((await administrators('frobnicate')).code, 1);
  });
});
