import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { hashToken, poolId, rotateDataKey } from '@poolhouse/core';
import { postgresSkipReason, postgresTestDatabase } from '@poolhouse/storage/testing';
import { finishJob } from './jobs/finish-job.ts';
import { call } from './testing/call.ts';
import { runMain } from './testing/run-main.ts';
import { startServer, type RunningServer } from './testing/start-server.ts';

type Settings = Readonly<Record<string, string>>;

const PASSWORD = 'Correct-horse-1';

const PASSKEY = {
  credentialId: 'id',
  publicKey: 'key',
  mac: 'mac',
  signCount: 4_000_000_000,
  transports: ['usb', 'nfc'],
  attachment: 'cross-platform',
  aaguid: '00000000-0000-0000-0000-000000000000',
  isBackupEligible: true,
  isBackedUp: false,
  friendlyName: 'Roaming passkey',
  relyingPartyId: 'shop.example',
  createdAtMs: 1_790_000_000_000,
};

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-backup-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Settings for an empty database, with keys of its own. */
const PLACES = {
  async SQLite(t: TestContext): Promise<Settings> {
    return { POOLHOUSE_DATA: await folderOf(t) };
  },
  async PostgreSQL(t: TestContext): Promise<Settings> {
    const database = await postgresTestDatabase();
    t.after(() => database.drop());
    return { POOLHOUSE_DATA: await folderOf(t), POOLHOUSE_DATABASE_URL: database.url };
  },
};

async function command(settings: Settings, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runMain(args, settings).ended;
  assert.equal(code, 0, stderr);
  return stdout;
}

async function refused(settings: Settings, message: RegExp, ...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await runMain(args, settings).ended;
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, message);
  assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
}

/** A server with a pool and an app client. */
async function aServer(t: TestContext, environment: Settings) {
  const running = await startServer(t, { environment });
  const { UserPool } = await call(running.server, 'CreateUserPool', { PoolName: 'kept' });
  const UserPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await call(running.server, 'CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'web',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  return { running, UserPoolId, ClientId: UserPoolClient?.ClientId ?? '' };
}

async function signUp(
  { post }: RunningServer,
  ClientId: string,
  Username: string,
): Promise<boolean> {
  const answer = await post('SignUp', JSON.stringify({ ClientId, Username, Password: PASSWORD }));
  return answer.status === 200;
}

/** Confirms a user and signs them in; returns the hash of the refresh token, and the session. */
async function signedIn(
  { server, post }: RunningServer,
  { UserPoolId, ClientId }: { readonly UserPoolId: string; readonly ClientId: string },
  Username: string,
) {
  await call(server, 'AdminConfirmSignUp', { UserPoolId, Username });
  const AuthParameters = { USERNAME: Username, PASSWORD };
  const body = { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters };
  const answer = (await post('InitiateAuth', JSON.stringify(body))).json();
  const { RefreshToken = '' } = answer['AuthenticationResult'] as { RefreshToken?: string };
  const token = hashToken(RefreshToken);
  const state = await server.storage.stores.sessions.byToken(token);
  return { token, session: state?.session };
}

for (const [from, to] of [
  ['SQLite', 'SQLite'],
  ['SQLite', 'PostgreSQL'],
  ['PostgreSQL', 'PostgreSQL'],
  ['PostgreSQL', 'SQLite'],
] as const) {
  const needsPostgres = `${from}${to}`.includes('PostgreSQL');
  const skip = (needsPostgres && postgresSkipReason) || false;
  test(
    `a backup of ${from} in use restores into ${to} with everything that was acknowledged before it`,
    { skip },
    async (t) => {
      const keys = { POOLHOUSE_KEYS: `main:${randomBytes(32).toString('base64')}` };
      const settings = { ...(await PLACES[from](t)), ...keys };
      const { running, UserPoolId, ClientId } = await aServer(t, settings);
      await signUp(running, ClientId, 'first');
      const { token, session } = await signedIn(running, { UserPoolId, ClientId }, 'first');
      assert(session?.proofs && session.sealedLastUse);
      const place = { poolId: poolId(UserPoolId), kind: 'mfa' } as const;
      const factors = { SoftwareTokenMfaConfiguration: { Enabled: true } };
      await running.server.storage.stores.configurations.change(place, () => factors, 1);
      const { passkeys } = running.server.storage.stores;
      const passkey = { ...PASSKEY, poolId: place.poolId, sub: session.sub };
      assert.equal(await passkeys.add(passkey, 1), 'added');
      const acknowledged: string[] = [];
      let isOver = false;
      const write = async (number: number) => {
        for (let count = 0; !isOver; count += 1) {
          const name = `user${number}x${count}`;
          if (await signUp(running, ClientId, name)) acknowledged.push(name);
        }
      };
      const writers = Promise.all(Array.from({ length: 4 }, (_, number) => write(number)));
      while (acknowledged.length < 60) await new Promise((resolve) => setImmediate(resolve));
      const before = [...acknowledged];
      const file = join(await folderOf(t), 'a.backup');
      const said = await command(settings, 'backup', file);
      isOver = true;
      await writers;
      assert.match(
        said,
        /1 pools and \d+ users .* verified it by reading it back\.\n.*does not include its keys \(main\)/,
      );
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert(acknowledged.length > before.length, 'written to meanwhile');

      const target = { ...(await PLACES[to](t)), ...keys };
      await refused(
        { ...target, POOLHOUSE_KEYS: `main:${randomBytes(32).toString('base64')}` },
        /POOLHOUSE_KEYS/,
        'restore',
        file,
      );
      assert.match(await command(target, 'restore', file), /^Restored 1 pools and \d+ users/);
      await refused(target, /there already|holds tables of Poolhouse already/, 'restore', file);
      const restored = await startServer(t, { environment: target });
      for (const Username of before) {
        await call(restored.server, 'AdminGetUser', { UserPoolId, Username });
      }
      const { configurations, sessions } = restored.server.storage.stores;
      assert.deepEqual((await configurations.get(place))?.value, factors);
      assert.deepEqual((await sessions.byToken(token))?.session, session);
      assert.deepEqual(await restored.server.storage.stores.passkeys.ofUser(session), [passkey]);
      // Sealed values open, new rows get correct numbers, and the passwords are the same.
      const [known = ''] = before;
      await call(restored.server, 'AdminConfirmSignUp', { UserPoolId, Username: known });
      const body = {
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: known, PASSWORD },
      };
      assert.equal((await restored.post('InitiateAuth', JSON.stringify(body))).status, 200);
      assert(await signUp(restored, ClientId, 'after'));
      t.diagnostic(
        `${before.length} acknowledged before, ${acknowledged.length - before.length} meanwhile, 0 lost`,
      );
    },
  );
}

suite('a backup file', () => {
  test('is complete or refused, and never overwrites', async (t) => {
    const settings = await PLACES.SQLite(t);
    const folder = settings['POOLHOUSE_DATA'] ?? '';
    const { running, ClientId } = await aServer(t, settings);
    for (let count = 0; count < 20; count += 1) await signUp(running, ClientId, `user${count}`);
    const file = join(folder, 'a.backup');
    await command(settings, 'backup', file);
    await refused(settings, /already exists\. Name a new file/, 'backup', file);
    await refused(settings, /cannot be written/, 'backup', join(folder, 'none', 'a.backup'));
    const target = await PLACES.SQLite(t);
    const place = target['POOLHOUSE_DATA'] ?? '';
    copyFileSync(join(folder, 'poolhouse.key'), join(place, 'poolhouse.key'));
    const bytes = readFileSync(file);
    const broken = join(folder, 'broken.backup');
    const half = Math.floor(bytes.length / 2);
    const middle = bytes.subarray(0, half);
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8(flipped.readUInt8(half) ^ 255, half);
    for (const damaged of [Buffer.alloc(0), Buffer.from('no backup'), middle, flipped]) {
      writeFileSync(broken, damaged);
      await refused(
        target,
        /is not a complete Poolhouse backup: .* Use another backup/,
        'restore',
        broken,
      );
    }
    await refused(target, /cannot be read \(ENOENT\)/, 'restore', join(folder, 'none'));
    assert.deepEqual(readdirSync(place), ['poolhouse.key']);
    // SQLite would replay a log left over from another database into the restored one.
    writeFileSync(join(place, 'poolhouse.db-wal'), '');
    await refused(target, /poolhouse\.db-wal is there already/, 'restore', file);
    await rm(join(place, 'poolhouse.db-wal'));
    await command(target, 'restore', file);
    assert.deepEqual(readdirSync(place).sort(), [
      'poolhouse.db',
      'poolhouse.db.lock',
      'poolhouse.key',
    ]);
  });

  test('includes the keys only when asked, and then needs nothing else', async (t) => {
    const settings = await PLACES.SQLite(t);
    const folder = settings['POOLHOUSE_DATA'] ?? '';
    const { running, UserPoolId, ClientId } = await aServer(t, settings);
    await signUp(running, ClientId, 'mara');
    await running.server.stop();
    const [bare, whole] = [join(folder, 'bare'), join(folder, 'whole')];
    await command(settings, 'backup', bare);
    assert.match(
      await command(settings, 'backup', whole, '--with-keys'),
      /anyone who has this file can read everything/,
    );
    const target = await PLACES.SQLite(t);
    await refused(
      target,
      /does not include its keys, and cannot be opened without them/,
      'restore',
      bare,
    );
    await command(target, 'restore', whole);
    assert.equal(
      statSync(join(target['POOLHOUSE_DATA'] ?? '', 'poolhouse.key')).mode & 0o777,
      0o600,
    );
    const restored = await startServer(t, { environment: target });
    await call(restored.server, 'AdminGetUser', { UserPoolId, Username: 'mara' });
  });

  test('from the middle of a rotation continues it where it is restored; one from before knows nothing of it', async (t) => {
    const settings = await PLACES.SQLite(t);
    const folder = settings['POOLHOUSE_DATA'] ?? '';
    const { running, UserPoolId, ClientId } = await aServer(t, settings);
    await signUp(running, ClientId, 'mara');
    const { token } = await signedIn(running, { UserPoolId, ClientId }, 'mara');
    const [before, middle] = [join(folder, 'before'), join(folder, 'middle')];
    await command(settings, 'backup', before, '--with-keys');
    await command(settings, 'rotate', 'data-key', UserPoolId);
    await command(settings, 'rotate', 'signing-keys', UserPoolId);
    await command(settings, 'backup', middle, '--with-keys');
    const signIn = {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'mara', PASSWORD },
    };
    for (const [file, version, keys] of [
      [before, 1, 2],
      [middle, 2, 4],
    ] as const) {
      const target = await PLACES.SQLite(t);
      await command(target, 'restore', file);
      // When the rest of the rotation is due.
      const clock = { nowMs: () => Date.now() + 15 * 60_000 };
      const restored = await startServer(t, { environment: target, replacements: { clock } });
      const { storage, world } = restored.server;
      await finishJob({ storage, world }, `reseal-pool ${UserPoolId}`);
      const user = await storage.stores.users.byName(poolId(UserPoolId), 'mara');
      const state = await storage.stores.sessions.byToken(token);
      for (const sealed of [user?.sealedPassword, state?.session.sealedLastUse]) {
        assert.match(sealed ?? '', new RegExp(`^v1\\.${version}\\.`));
      }
      assert.equal((await restored.post('InitiateAuth', JSON.stringify(signIn))).status, 200);
      const signing = await world.signingKeys.of(poolId(UserPoolId));
      assert.equal(signing?.jwks.length, keys);
      // The next rotation works as usual.
      const again = await rotateDataKey({ storage, world }, poolId(UserPoolId));
      assert.equal(again.kind === 'rotated' && again.version, version + 1);
    }
  });

  test('of a damaged or missing database is not made', async (t) => {
    const settings = await PLACES.SQLite(t);
    const folder = settings['POOLHOUSE_DATA'] ?? '';
    await refused(settings, /no keys/, 'backup', join(folder, 'x'));
    const { running, ClientId } = await aServer(t, settings);
    for (let count = 0; count < 50; count += 1) await signUp(running, ClientId, `user${count}`);
    await running.server.stop();
    const database = join(folder, 'poolhouse.db');
    const bytes = readFileSync(database);
    // Pages after the first ones: the file still opens.
    bytes.fill(0xab, 40_000, 120_000);
    writeFileSync(database, bytes);
    await refused(
      settings,
      /poolhouse\.db is damaged\. Restore it from an earlier backup/,
      'backup',
      join(folder, 'x'),
    );
    assert(!existsSync(join(folder, 'x')) && !existsSync(join(folder, 'x.partial')));
  });
});
