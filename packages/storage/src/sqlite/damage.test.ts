import assert from 'node:assert/strict';
import {
  closeSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { aPool, aUser } from '../contract/records.ts';
import { openStorage } from '../storage/open-storage.ts';
import { lookThrough } from './integrity.ts';
import { openSqlite } from './open-sqlite.ts';

const DAMAGED = { ok: false, reason: 'the database file is damaged', isDamaged: true };

/** An open database of some hundred users that is entirely in its file, and what was logged about it. */
async function filled(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'poolhouse-damage-'));
  const file = join(folder, 'p.db');
  const pool = aPool();
  const first = await openStorage({ kind: 'sqlite', file });
  await first.stores.pools.createIfAbsent(pool);
  for (let number = 0; number < 300; number += 1)
    await first.stores.users.create(aUser(pool.id, `user${number}`));
  await first.close();
  const logged: string[] = [];
  const note = (event: string) => void logged.push(event);
  const storage = await openStorage({
    kind: 'sqlite',
    file,
    log: { info: note, warn: note, error: note },
  });
  t.after(async () => {
    await storage.close();
    rmSync(folder, { recursive: true });
  });
  return { file, pool, storage, logged };
}

/** Overwrites the page that begins here, as a failing disk does. */
function damage(file: string, from: number): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(4_096, 0xab), 0, 4_096, from);
  closeSync(handle);
}

/** Damages every page after the first few. */
function damageData(file: string): void {
  for (let from = 20 * 4_096; from < statSync(file).size; from += 4_096) damage(file, from);
}

test('a damaged page that a request finds ends readiness for good, with one loud log line, and stops all writes', async (t) => {
  const { file, pool, storage, logged } = await filled(t);
  assert.deepEqual(await storage.health(), { ok: true });
  damageData(file);
  const reads = await Promise.allSettled(
    Array.from({ length: 300 }, (_, number) =>
      storage.stores.users.byName(pool.id, `user${number}`),
    ),
  );
  assert(reads.some(({ status }) => status === 'rejected'));
  assert.deepEqual(await storage.health(), DAMAGED);
  assert.deepEqual(logged, ['storage.damaged']);
  const write = storage.stores.users.create(aUser(pool.id, 'late'));
  await assert.rejects(write, { name: 'StorageUnavailableError', message: DAMAGED.reason });
  assert.deepEqual(await storage.health(), DAMAGED);
});

test('a damaged page that nobody reads is found by the inspection of the whole file', async (t) => {
  const { file, storage, logged } = await filled(t);
  await storage.inspect();
  assert.deepEqual([await storage.health(), logged], [{ ok: true }, []]);
  damage(file, statSync(file).size - 4_096);
  await storage.inspect();
  assert.deepEqual(await storage.health(), DAMAGED);
  assert.deepEqual(logged, ['storage.damaged']);
});

test('damage that a write or the health check finds counts as well', async (t) => {
  const written = await filled(t);
  damageData(written.file);
  const writes = await Promise.allSettled(
    Array.from({ length: 50 }, (_, number) =>
      written.storage.stores.users.create(aUser(written.pool.id, `new${number}`)),
    ),
  );
  assert(writes.some(({ status }) => status === 'rejected'));
  assert.deepEqual(await written.storage.health(), DAMAGED);
});

test('a truncated file is damaged, also for the inspection', async (t) => {
  const { file, storage } = await filled(t);
  truncateSync(file, 50 * 4_096);
  await storage.inspect();
  assert.deepEqual(await storage.health(), DAMAGED);
});

test('an inspection in progress does not delay closing', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'poolhouse-damage-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const database = await openSqlite(join(folder, 'p.db'));
  const looking = database.inspect();
  await database.close();
  await looking;
});

test('an inspection is postponed while much is being written, and abandoned if that starts during it', async (t) => {
  const { file } = await filled(t);
  assert.equal(await lookThrough(file), 'sound');
  const database = new DatabaseSync(file);
  t.after(() => database.close());
  database.exec('PRAGMA wal_autocheckpoint = 0; CREATE TABLE long (text TEXT)');
  const write = (rows: number) => {
    const add = database.prepare('INSERT INTO long VALUES (?)');
    database.exec('BEGIN');
    for (let row = 0; row < rows; row += 1) add.run('x'.repeat(4_000));
    database.exec('COMMIT');
  };
  write(5_000);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const longest = 1_000_000;
  const looking = lookThrough(file, longest);
  // Before its process has even started.
  write(1_000);
  assert.equal(await looking, 'put-off');
  assert.equal(await lookThrough(file, longest), 'put-off');
});
