import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { aPool, aUser, t0 } from '../../contract/records.ts';
import { SqlStorage } from '../../storage/sql-storage.ts';
import { openSqlite } from '../../sqlite/open-sqlite.ts';

test('the last sign-in of a user whom an older build created is unknown until the next one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'poolhouse-order-'));
  const database = await openSqlite(join(folder, 'p.db'));
  const { pools, users } = new SqlStorage(database).stores;
  const pool = aPool();
  const user = aUser(pool.id, 'old');
  await pools.createIfAbsent(pool);
  await users.create(user);
  await database.run('UPDATE users SET last_sign_in_at_ms = NULL', []);
  const last = async () =>
    (await users.inOrder(pool.id, 1, { by: 'created', descending: true })).items[0];
  assert.equal((await last())?.username, 'old');
  assert(!('lastSignInAtMs' in ((await last()) ?? {})));
  await users.change(user, (now) => ({ ...now, enabled: false }));
  assert.equal((await last())?.lastSignInAtMs, undefined);
  await users.noteSignIn(user, t0);
  assert.equal((await last())?.lastSignInAtMs, t0);
  await database.close();
  rmSync(folder, { recursive: true });
});
