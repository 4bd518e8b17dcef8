import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { openStorage, type StorageOptions } from '@poolhouse/storage';
import { writeBackup } from '@poolhouse/storage/backup';
import { postgresSkipReason, postgresTestDatabase } from '@poolhouse/storage/testing';
import { openHarness, type Harness } from '../testing/harness.ts';
import { chainKey, walkChain } from './walk-chain.ts';

const PEOPLE = ['canary-administered', 'canary-own'];

/** People whom administrators changed in every way, and who are then gone: one was deleted, the other deleted the account. */
async function comeAndGo(harness: Harness): Promise<void> {
  const { UserPoolId, ClientId } = await harness.makePool();
  await harness.call('CreateGroup', { UserPoolId, GroupName: 'readers' });
  const value = (Value: string) => [{ Name: 'name', Value }];
  for (const Username of PEOPLE) {
    const user = { UserPoolId, Username };
    const UserAttributes = [
      { Name: 'email', Value: `${Username}@example.com` },
      ...value(`canary ${'x'.repeat(5_000)}`.slice(0, 2_000)),
    ];
    await harness.call('AdminCreateUser', { ...user, UserAttributes, MessageAction: 'SUPPRESS' });
    for (let at = 0; at < 5; at += 1) {
      await harness.call('AdminUpdateUserAttributes', {
        ...user,
        UserAttributes: value(`canary ${at}`),
      });
    }
    await harness.call('AdminAddUserToGroup', { ...user, GroupName: 'readers' });
    await harness.call('AdminSetUserPassword', {
      ...user,
      Password: 'Right-1234',
      Permanent: true,
    });
    await harness.call('AdminUserGlobalSignOut', user);
    await harness.call('AdminDeleteUserAttributes', { ...user, UserAttributeNames: ['name'] });
  }
  const { AuthenticationResult } = await harness.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'canary-own', PASSWORD: 'Right-1234' },
  });
  await harness.call('AdminDeleteUser', { UserPoolId, Username: 'canary-administered' });
  await harness.call('DeleteUser', { AccessToken: AuthenticationResult?.AccessToken ?? '' });
}

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-erased-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function backupOf(t: TestContext, database: StorageOptions): Promise<string> {
  const file = join(await folderOf(t), 'backup');
  await writeBackup(database, file, { nowMs: 0, check: () => Promise.resolve() });
  return gunzipSync(await readFile(file)).toString('utf8');
}

async function isWhole({ storage, world }: Harness): Promise<boolean> {
  const key = await chainKey(world.vault);
  return (await walkChain(storage.stores.audit, key, { pageSize: 10 })).fault === undefined;
}

test('on SQLite nothing is left of people who are gone, in no row and in no free part of the file', async (t) => {
  const folder = await folderOf(t);
  const file = join(folder, 'poolhouse.db');
  const harness = await openHarness(t, {
    database: async () => ({
      open: () => openStorage({ kind: 'sqlite', file }),
      drop: () => Promise.resolve(),
    }),
  });
  await comeAndGo(harness);
  assert.ok(!(await backupOf(t, { kind: 'sqlite', file })).includes('canary'), 'rows');
  const database = new DatabaseSync(file);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  for (const name of await readdir(folder)) {
    assert.ok(!(await readFile(join(folder, name))).includes('canary'), name);
  }
  assert.ok(await isWhole(harness));
});

test(
  'on PostgreSQL nothing is left in any row of people who are gone',
  { skip: postgresSkipReason },
  async (t) => {
    let url = '';
    const harness = await openHarness(t, {
      async database() {
        const database = await postgresTestDatabase();
        ({ url } = database);
        return database;
      },
    });
    await comeAndGo(harness);
    const rows = await backupOf(t, { kind: 'postgres', url });
    assert.ok(rows.includes('AdminUpdateUserAttributes'), 'the audit is among them');
    assert.ok(!rows.includes('canary'));
    assert.ok(await isWhole(harness));
  },
);
