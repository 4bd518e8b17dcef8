import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { aPool } from '../contract/records.ts';
import { openStorage } from '../storage/open-storage.ts';
import { StorageOpenError } from '../sql/storage-errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'poolhouse-open-'));
after(() => rmSync(folder, { recursive: true }));

/** Opening `file` must fail with a message that names the file and matches. */
async function refused(file: string, message: RegExp): Promise<void> {
  await assert.rejects(openStorage({ kind: 'sqlite', file }), (error) => {
    assert.ok(error instanceof StorageOpenError);
    assert.match(error.message, message);
    return true;
  });
}

async function databaseIn(name: string): Promise<string> {
  const file = join(folder, name, 'p.db');
  await (await openStorage({ kind: 'sqlite', file })).close();
  return file;
}

test(
  'only the owner can access the folder and the files',
  { skip: process.platform === 'win32' && 'no such modes on Windows' },
  async () => {
    const file = join(folder, 'private', 'data', 'p.db');
    const storage = await openStorage({ kind: 'sqlite', file });
    await storage.stores.pools.createIfAbsent(aPool());
    const mode = (path: string): number => statSync(path).mode & 0o777;
    assert.equal(mode(join(folder, 'private', 'data')), 0o700);
    for (const name of [file, `${file}-wal`, `${file}-shm`, `${file}.lock`])
      assert.equal(mode(name), 0o600, name);
    await storage.close();
  },
);

test('a second opener is refused, in this process and in another, until the first has ended', async () => {
  const file = join(folder, 'locked.db');
  const options = { kind: 'sqlite', file } as const;
  const first = await openStorage(options);
  await refused(file, /in use by another Poolhouse process/);
  await first.close();

  const holds = `import { openStorage } from ${JSON.stringify(import.meta.resolve('../storage/open-storage.ts'))};
    await openStorage(${JSON.stringify(options)}); console.log('open'); setInterval(() => {}, 1e9);`;
  const child = spawn(process.execPath, [...process.execArgv, '--input-type=module', '-e', holds], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  await refused(file, /in use by another Poolhouse process/);
  child.kill('SIGKILL');
  await once(child, 'close');
  await (await openStorage(options)).close();
});

test('what is not a folder, not a database, foreign or damaged is refused with what to do', async () => {
  const text = join(folder, 'text.db');
  writeFileSync(
    text,
    'This is not a database, but it is long enough to look like one. '.repeat(50),
  );
  await refused(text, /is not a SQLite database/);
  await refused(join(text, 'sub', 'p.db'), /cannot be created .*Let the user/);

  const damaged = await databaseIn('damaged');
  writeFileSync(damaged, new Uint8Array(100), { flag: 'r+' });
  await refused(damaged, /is not a SQLite database|is damaged/);

  const foreign = join(folder, 'foreign.db');
  const other = new DatabaseSync(foreign);
  other.exec('CREATE TABLE clients (name TEXT)');
  other.close();
  await refused(foreign, /tables of another program/);
});

test('a database of another build, or one that needs a later build, is refused', async () => {
  const file = await databaseIn('newer');
  const edit = (text: string): void => {
    const database = new DatabaseSync(file);
    database.exec(text);
    database.close();
  };
  edit(`INSERT INTO schema_migrations VALUES (99, 'future', 'x', 0)`);
  await (await openStorage({ kind: 'sqlite', file })).close();
  edit(`INSERT INTO schema_needs VALUES (99, 98)`);
  await refused(file, /schema version 99, which needs .* version 98;.*Install the newer Poolhouse/);
  edit(`DELETE FROM schema_migrations WHERE version = 99; DELETE FROM schema_needs`);
  await (await openStorage({ kind: 'sqlite', file })).close();
  edit(`UPDATE schema_migrations SET checksum = 'x'`);
  await refused(file, /different build/);
});

test('another program’s lock is waited for, without blocking reads', async () => {
  const file = join(folder, 'busy.db');
  const storage = await openStorage({ kind: 'sqlite', file });
  const backup = new DatabaseSync(file);
  backup.exec('BEGIN IMMEDIATE');
  const pool = aPool();
  let written = false;
  const write = storage.stores.pools.createIfAbsent(pool).then(() => (written = true));
  for (let turn = 0; turn < 50; turn += 1)
    assert.equal(await storage.stores.pools.get(pool.id), undefined);
  assert.equal(written, false);
  backup.exec('COMMIT');
  backup.close();
  await write;
  assert.deepEqual(await storage.stores.pools.get(pool.id), pool);
  await storage.close();
});
