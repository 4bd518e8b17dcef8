import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { aPool } from '../contract/records.ts';
import { openSnapshot } from '../backup/snapshot.ts';
import { openStorage } from '../storage/open-storage.ts';

const folder = mkdtempSync(join(tmpdir(), 'poolhouse-in-use-'));
after(() => rmSync(folder, { recursive: true }));

const open = (name: string) => openStorage({ kind: 'sqlite', file: join(folder, name) });
const refusal = {
  name: 'StorageOpenError',
  message: /-wal, which holds what was written last, is not there/,
};

test('a copy of a database in use without its log is noticed; with its log it is complete', async () => {
  const storage = await open('a.db');
  const pool = aPool();
  await storage.stores.pools.createIfAbsent(pool);
  copyFileSync(join(folder, 'a.db'), join(folder, 'alone.db'));
  for (const end of ['', '-wal'])
    copyFileSync(join(folder, `a.db${end}`), join(folder, `both.db${end}`));
  await storage.close();
  await assert.rejects(open('alone.db'), refusal);
  // Refused again: opening it has not made it valid.
  await assert.rejects(open('alone.db'), refusal);
  const both = await open('both.db');
  assert.deepEqual(await both.stores.pools.get(pool.id), pool);
  await both.close();
  // The workaround that the message names.
  writeFileSync(join(folder, 'alone.db-wal'), '');
  const accepted = await open('alone.db');
  assert.equal(await accepted.stores.pools.get(pool.id), undefined);
  await accepted.close();
  await (await open('alone.db')).close();
});

test('a copy of a cleanly closed database is complete, and so is what a killed process leaves', async () => {
  await (await open('b.db')).close();
  copyFileSync(join(folder, 'b.db'), join(folder, 'c.db'));
  await (await open('c.db')).close();
  const dies = `import { openStorage } from ${JSON.stringify(import.meta.resolve('../storage/open-storage.ts'))};
    await openStorage({ kind: 'sqlite', file: ${JSON.stringify(join(folder, 'b.db'))} }); process.kill(process.pid, 'SIGKILL');`;
  spawnSync(process.execPath, [...process.execArgv, '--input-type=module', '-e', dies]);
  await (await open('b.db')).close();
});

test('backing up what a killed process left takes nothing away from the next start', async () => {
  const file = join(folder, 'e.db');
  const writes = `import { openStorage } from ${JSON.stringify(import.meta.resolve('../storage/open-storage.ts'))};
    await openStorage({ kind: 'sqlite', file: ${JSON.stringify(file)} });
    process.kill(process.pid, 'SIGKILL');`;
  spawnSync(process.execPath, [...process.execArgv, '--input-type=module', '-e', writes]);
  const snapshot = await openSnapshot({ kind: 'sqlite', file });
  for await (const { rows } of snapshot.read('SELECT name FROM schema_migrations'))
    assert(rows.length > 0);
  await snapshot.close();
  await (await open('e.db')).close();
});

test('a start that fails after a crash leaves the mark as it was: the file is complete', async () => {
  const dies = `import { openStorage } from ${JSON.stringify(import.meta.resolve('../storage/open-storage.ts'))};
    await openStorage({ kind: 'sqlite', file: ${JSON.stringify(join(folder, 'd.db'))} }); process.kill(process.pid, 'SIGKILL');`;
  spawnSync(process.execPath, [...process.execArgv, '--input-type=module', '-e', dies]);
  const edit = (text: string) => {
    const database = new DatabaseSync(join(folder, 'd.db'));
    database.exec(text);
    return database;
  };
  // Kept open, so that the log stays as after a crash.
  const kept = edit(`INSERT INTO schema_needs VALUES (98, 98)`);
  await assert.rejects(open('d.db'), /needs a Poolhouse/);
  kept.close();
  edit(`DELETE FROM schema_needs`).close();
  await (await open('d.db')).close();
});
