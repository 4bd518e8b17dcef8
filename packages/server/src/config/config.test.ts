import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { ConfigError } from './config-error.ts';
import { readConfig, unknownSettings } from './config.ts';
import { readKeyFile } from './key-file.ts';

const key = () => randomBytes(32).toString('base64');
const production = {
  POOLHOUSE_MODE: 'production',
  POOLHOUSE_PUBLIC_URL: 'https://auth.example.com',
};

suite('settings', () => {
  test('nothing has to be set', () => {
    assert.deepEqual(readConfig({}, '/srv'), {
      mode: 'development',
      modeBecause: 'it listens on 127.0.0.1 and has no public URL',
      host: '127.0.0.1',
      port: 8400,
      dataFolder: '/srv/.poolhouse',
      database: { kind: 'sqlite', file: '/srv/.poolhouse/poolhouse.db' },
      publicUrl: undefined,
      issuer: 'own',
      region: undefined,
      trustedProxies: [],
      keys: undefined,
      mail: undefined,
      sms: undefined,
      declaration: undefined,
      logLevel: 'warn',
      drainMs: 0,
      passwordHash: 'argon2id',
      auditDays: undefined,
      freshSignInMs: undefined,
      providerNetworks: ['127.0.0.0/8', '::1'],
    });
    assert.deepEqual(
      readConfig({ POOLHOUSE_PORT: '', POOLHOUSE_MODE: '' }, '/srv'),
      readConfig({}, '/srv'),
    );
  });

  test('everything can be set', () => {
    const [first, second] = [key(), key()];
    const config = readConfig({
      ...production,
      POOLHOUSE_PORT: '443',
      POOLHOUSE_HOST: '0.0.0.0',
      POOLHOUSE_DATA: '/var/lib/poolhouse',
      POOLHOUSE_DATABASE_URL: 'postgres://me@db:5432/pools',
      POOLHOUSE_REGION: 'eu-west-1',
      POOLHOUSE_AUDIT_DAYS: '400',
      POOLHOUSE_FRESH_SIGN_IN_MINUTES: '5',
      POOLHOUSE_PROVIDER_NETWORKS: '10.1.0.0/16, 10.2.0.7',
      POOLHOUSE_TRUSTED_PROXIES: '10.0.0.1, fd00::/8',
      POOLHOUSE_KEYS: `new:${first}, old:${second}`,
      POOLHOUSE_SMTP_URL: 'smtps://me:secret@mail.example.com:465',
      POOLHOUSE_MAIL_FROM: 'Pools <no-reply@example.com>'.replace(/.*<|>/g, ''),
      POOLHOUSE_LOG_LEVEL: 'warn',
    });
    assert.equal(config.port, 443);
    assert.deepEqual(config.database, { kind: 'postgres', url: 'postgres://me@db:5432/pools' });
    assert.deepEqual(
      config.keys?.map(({ id }) => id),
      ['new', 'old'],
    );
    assert.equal(config.keys?.[0]?.key.toString('base64'), first);
    assert.deepEqual(config.trustedProxies, ['10.0.0.1', 'fd00::/8']);
    assert.equal(config.mail?.from, 'no-reply@example.com');
    assert.equal(config.publicUrl, 'https://auth.example.com');
    assert.equal(config.auditDays, 400);
    assert.equal(config.freshSignInMs, 300_000);
    assert.deepEqual(config.providerNetworks, ['10.1.0.0/16', '10.2.0.7']);
  });

  const modes: readonly (readonly [Record<string, string>, 'development' | 'production'])[] = [
    [{ POOLHOUSE_HOST: 'localhost' }, 'development'],
    [{ POOLHOUSE_HOST: '::1' }, 'development'],
    [{ POOLHOUSE_HOST: '127.8.0.1' }, 'development'],
    [{ POOLHOUSE_HOST: '0.0.0.0', POOLHOUSE_PUBLIC_URL: 'https://a.example' }, 'production'],
    [{ POOLHOUSE_HOST: '::', POOLHOUSE_PUBLIC_URL: 'https://a.example' }, 'production'],
    [{ NODE_ENV: 'production', POOLHOUSE_PUBLIC_URL: 'https://a.example' }, 'production'],
    [{ NODE_ENV: 'test' }, 'development'],
    [{ POOLHOUSE_MODE: 'production', POOLHOUSE_PUBLIC_URL: 'http://localhost:8400' }, 'production'],
    // A sign of other users outweighs any sign of a developer's machine.
    [{ POOLHOUSE_PUBLIC_URL: 'http://localhost:9000' }, 'development'],
    [{ POOLHOUSE_PUBLIC_URL: 'http://[::1]:8400' }, 'development'],
    [{ POOLHOUSE_PUBLIC_URL: 'https://pools.localhost' }, 'development'],
    [{ POOLHOUSE_PUBLIC_URL: 'https://auth.example.com' }, 'production'],
    [{ POOLHOUSE_PUBLIC_URL: 'https://localhost.example.com' }, 'production'],
    [{ POOLHOUSE_PUBLIC_URL: 'https://192.168.1.5' }, 'production'],
    [{ POOLHOUSE_HOST: '::1', POOLHOUSE_PUBLIC_URL: 'https://a.example' }, 'production'],
    [
      { POOLHOUSE_TRUSTED_PROXIES: '127.0.0.1', POOLHOUSE_PUBLIC_URL: 'http://localhost:80' },
      'production',
    ],
    [
      { POOLHOUSE_MODE: 'development', POOLHOUSE_PUBLIC_URL: 'https://auth.example.com' },
      'development',
    ],
  ];
  for (const [environment, mode] of modes) {
    test(`${JSON.stringify(environment)} is ${mode}`, () => {
      assert.equal(readConfig(environment).mode, mode);
    });
  }

  const same = key();
  const wrong: readonly (readonly [string, Record<string, string>, RegExp])[] = [
    ['POOLHOUSE_PORT', { POOLHOUSE_PORT: 'http' }, /0 to 65535/],
    ['POOLHOUSE_PORT', { POOLHOUSE_PORT: '70000' }, /0 to 65535/],
    ['POOLHOUSE_PORT', { POOLHOUSE_PORT: '-1' }, /0 to 65535/],
    ['POOLHOUSE_HOST', { POOLHOUSE_HOST: 'http://localhost' }, /127\.0\.0\.1/],
    ['POOLHOUSE_MODE', { POOLHOUSE_MODE: 'prod' }, /development or production/],
    ['POOLHOUSE_MODE', { POOLHOUSE_MODE: 'development', NODE_ENV: 'production' }, /Remove one/],
    [
      'POOLHOUSE_HOST',
      { POOLHOUSE_MODE: 'development', POOLHOUSE_HOST: '0.0.0.0' },
      /others can reach/,
    ],
    [
      'POOLHOUSE_HOST',
      { POOLHOUSE_MODE: 'development', POOLHOUSE_HOST: '192.168.1.5' },
      /others can reach/,
    ],
    [
      'POOLHOUSE_HOST',
      { POOLHOUSE_MODE: 'development', POOLHOUSE_HOST: '127.evil.example' },
      /others can reach/,
    ],
    ['POOLHOUSE_PUBLIC_URL', { POOLHOUSE_MODE: 'production' }, /https:\/\/auth\.example\.com/],
    ['POOLHOUSE_PUBLIC_URL', { NODE_ENV: 'production' }, /is not set/],
    [
      'POOLHOUSE_PUBLIC_URL',
      { POOLHOUSE_HOST: '0.0.0.0' },
      /is not set, and this is production: it listens on 0\.0\.0\.0, which others can reach\. Set/,
    ],
    [
      'POOLHOUSE_PUBLIC_URL',
      { POOLHOUSE_TRUSTED_PROXIES: '10.0.0.0/8' },
      /production: POOLHOUSE_TRUSTED_PROXIES names proxies/,
    ],
    [
      'POOLHOUSE_PUBLIC_URL',
      { POOLHOUSE_PUBLIC_URL: 'http://192.168.1.5:8400' },
      /is not https, and this is production: its public URL is .*POOLHOUSE_MODE=development/,
    ],
    [
      'POOLHOUSE_HOST',
      {
        POOLHOUSE_MODE: 'development',
        POOLHOUSE_HOST: '::',
        POOLHOUSE_PUBLIC_URL: 'http://localhost',
      },
      /others can reach/,
    ],
    [
      'POOLHOUSE_PUBLIC_URL',
      { ...production, POOLHOUSE_PUBLIC_URL: 'http://auth.example.com' },
      /not https/,
    ],
    [
      'POOLHOUSE_PUBLIC_URL',
      { POOLHOUSE_PUBLIC_URL: 'https://auth.example.com/path' },
      /without a path/,
    ],
    [
      'POOLHOUSE_PUBLIC_URL',
      { POOLHOUSE_PUBLIC_URL: 'https://user@auth.example.com' },
      /without a path/,
    ],
    ['POOLHOUSE_PUBLIC_URL', { POOLHOUSE_PUBLIC_URL: 'auth.example.com' }, /without a path/],
    ['POOLHOUSE_DATABASE_URL', { POOLHOUSE_DATABASE_URL: 'mysql://db' }, /postgres:\/\//],
    ['POOLHOUSE_ISSUER', { POOLHOUSE_ISSUER: 'ORIGINAL' }, /own .* or aws/],
    ['POOLHOUSE_REGION', { POOLHOUSE_REGION: 'eu_west' }, /eu-west-1/],
    [
      'POOLHOUSE_TRUSTED_PROXIES',
      { POOLHOUSE_TRUSTED_PROXIES: '10.0.0.1,proxy' },
      /10\.0\.0\.0\/8/,
    ],
    ['POOLHOUSE_SMTP_URL', { POOLHOUSE_SMTP_URL: 'mail.example.com' }, /smtp:\/\//],
    ['POOLHOUSE_MAIL_FROM', { POOLHOUSE_SMTP_URL: 'smtp://mail' }, /is not set/],
    ['POOLHOUSE_MAIL_FROM', { POOLHOUSE_MAIL_FROM: 'a@b.example, c@d.example' }, /one address/],
    ['POOLHOUSE_LOG_LEVEL', { POOLHOUSE_LOG_LEVEL: 'loud' }, /silent/],
    ['POOLHOUSE_PASSWORD_HASH', { POOLHOUSE_PASSWORD_HASH: 'none' }, /Leave it out/],
    [
      'POOLHOUSE_PASSWORD_HASH',
      { ...production, POOLHOUSE_PASSWORD_HASH: 'test' },
      /protects no password/,
    ],
    ['POOLHOUSE_KEYS', { POOLHOUSE_KEYS: ',' }, /holds no key/],
    ['POOLHOUSE_KEYS', { POOLHOUSE_KEYS: key() }, /key number 1 must begin with an id/],
    ['POOLHOUSE_KEYS', { POOLHOUSE_KEYS: 'main:secret' }, /the key "main" is not 32 bytes/],
    [
      'POOLHOUSE_KEYS',
      { POOLHOUSE_KEYS: `main:${Buffer.alloc(32).toString('base64')}` },
      /is not random/,
    ],
    ['POOLHOUSE_KEYS', { POOLHOUSE_KEYS: `main:${'A'.repeat(43)}=` }, /is not random/],
    ['POOLHOUSE_KEYS', { POOLHOUSE_KEYS: `a:${same},a:${key()}` }, /the key "a" appears twice/],
  ];
  for (const [setting, environment, message] of wrong) {
    test(`${JSON.stringify(environment).slice(0, 90)} is refused with its fix`, () => {
      assert.throws(
        () => readConfig(environment),
        (error) => {
          assert(error instanceof ConfigError);
          assert.equal(error.setting, setting);
          assert.match(error.message, message);
          assert(error.message.startsWith(setting));
          assert(!error.message.includes('\n'));
          assert(!error.message.includes(same));
          return true;
        },
      );
    });
  }

  test('a misspelt setting is noticed', () => {
    const environment = {
      POOLHOUSE_PROT: '1',
      POOLHOUSE_PORT: '1',
      POOLHOUSE_TEST_X: '',
      PATH: '/bin',
    };
    assert.deepEqual(unknownSettings(environment), ['POOLHOUSE_PROT']);
  });
});

suite('the key file', () => {
  async function folder(t: TestContext): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'poolhouse-keys-'));
    t.after(() => rm(path, { recursive: true, force: true }));
    return path;
  }
  const options = { mayMake: true, databaseFile: undefined };

  test('is created once, for its owner alone', async (t) => {
    const data = join(await folder(t), 'new');
    const made = readKeyFile(data, options);
    assert.equal(made.isNew, true);
    assert.equal((await stat(made.file)).mode & 0o777, 0o600);
    assert.equal((await stat(data)).mode & 0o777, 0o700);
    const read = readKeyFile(data, options);
    assert.equal(read.isNew, false);
    assert.deepEqual(read.keys, made.keys);
    assert.notDeepEqual(readKeyFile(await folder(t), options).keys, made.keys);
  });

  test('is not created in production, nor if a database has lost its own', async (t) => {
    const data = await folder(t);
    assert.throws(
      () => readKeyFile(data, { ...options, mayMake: false }),
      /^ConfigError: POOLHOUSE_KEYS is not set.*POOLHOUSE_MODE=development/,
    );
    const databaseFile = join(data, 'poolhouse.db');
    await writeFile(databaseFile, '');
    assert.throws(
      () => readKeyFile(data, { ...options, databaseFile }),
      /poolhouse\.key is missing/,
    );
    await assert.rejects(stat(join(data, 'poolhouse.key')));
  });

  test('is refused if others can read it, or if it is malformed', async (t) => {
    const data = await folder(t);
    const { file } = readKeyFile(data, options);
    for (const mode of [0o640, 0o604, 0o660]) {
      await chmod(file, mode);
      assert.throws(() => readKeyFile(data, options), /can be read by others\. Run: chmod 600/);
    }
    await chmod(file, 0o600);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.slice(0, 20));
    assert.throws(
      () => readKeyFile(data, options),
      (error) => error instanceof ConfigError && !error.message.includes(text.slice(15, 20)),
    );
    await writeFile(file, '');
    assert.throws(() => readKeyFile(data, options), /holds no key/);
  });
});
