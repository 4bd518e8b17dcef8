import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { postgresSkipReason, postgresTestDatabase } from '@poolhouse/storage/testing';
import { readConfig } from './config.ts';
import { composeServer } from '../compose/compose-server.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const newKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;

async function ground(t: TestContext, settings: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-lost-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = (name: string) => join(folder, name);
  const start = async (further: Readonly<Record<string, string>> = {}) => {
    const config = readConfig({
      POOLHOUSE_DATA: folder,
      POOLHOUSE_PORT: '0',
      ...settings,
      ...further,
    });
    const server = await composeServer(config, { log });
    await server.stop();
    return server;
  };
  return { folder, file, start };
}

test('if the database is gone but its key file is there, no new one is created; the message says what to do', async (t) => {
  const { file, start } = await ground(t);
  assert.equal((await start()).isNewDatabase, true);
  assert.equal((await start()).isNewDatabase, false);
  await rm(file('poolhouse.db'));
  const refusal = {
    name: 'ConfigError',
    message:
      /poolhouse\.db is missing, but .*poolhouse\.key and .*poolhouse\.db\.lock still exist\. Put it back, or restore a backup/,
  };
  await assert.rejects(start(), refusal);
  assert(!existsSync(file('poolhouse.db')));
  // The key file alone is enough: a volume may hold nothing else.
  await rm(file('poolhouse.db.lock'));
  await assert.rejects(start(), /poolhouse\.key still exists/);
  await rm(file('poolhouse.key'));
  assert.equal((await start()).isNewDatabase, true);
});

test('an empty file in its place counts as none', async (t) => {
  const { file, start } = await ground(t);
  await start();
  await writeFile(file('poolhouse.db'), '');
  await assert.rejects(
    start(),
    /poolhouse\.db is empty, but .*poolhouse\.key and .*\.lock still exist/,
  );
  await rm(file('poolhouse.db.lock'));
  await assert.rejects(start(), /poolhouse\.db is empty, but .*poolhouse\.key still exists/);
  // With nothing else beside it, it is a new database.
  await rm(file('poolhouse.key'));
  await writeFile(file('poolhouse.db'), '');
  assert.equal((await start({ POOLHOUSE_KEYS: newKey('main') })).isNewDatabase, true);
});

test('with keys from the environment, or with only its log left, the remains of a database are noticed', async (t) => {
  const { file, start } = await ground(t, { POOLHOUSE_KEYS: newKey('main') });
  await start();
  await rm(file('poolhouse.db'));
  await writeFile(file('poolhouse.db-wal'), 'x');
  await assert.rejects(start(), /poolhouse\.db-wal and .*poolhouse\.db\.lock still exist/);
  await rm(file('poolhouse.db-wal'));
  await rm(file('poolhouse.db.lock'));
  await start();
});

test('an operator may create the key file before the database', async (t) => {
  const { file, start } = await ground(t);
  await writeFile(file('poolhouse.key'), newKey('main'), { mode: 0o600 });
  assert.equal((await start()).isNewDatabase, true);
});

test(
  'a key that was created for a database that another key opens is not kept',
  { skip: postgresSkipReason ?? false },
  async (t) => {
    const database = await postgresTestDatabase();
    t.after(() => database.drop());
    const { folder, start } = await ground(t, { POOLHOUSE_DATABASE_URL: database.url });
    assert.equal((await start({ POOLHOUSE_KEYS: newKey('main') })).isNewDatabase, true);
    await assert.rejects(start(), { name: 'WrongKeyError', keyId: 'main' });
    assert.deepEqual(await readdir(folder), []);
  },
);
