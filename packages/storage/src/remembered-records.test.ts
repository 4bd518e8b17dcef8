import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { aClient, aPool, t0 } from './contract/records.ts';
import { SqlStorage } from './storage/sql-storage.ts';
import type { Database } from './sql/sql.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';

/** A storage, and the tables that it has read since the last call, not counting reads in transactions. */
async function noting(t: TestContext, nowMs: () => number) {
  const folder = mkdtempSync(join(tmpdir(), 'poolhouse-remembered-'));
  const database = await openSqlite(join(folder, 'p.db'));
  t.after(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  const read: string[] = [];
  // Of a read with a column that another table fills, the table that it is about.
  const note = (text: string) =>
    read.push(/FROM (\w+)/.exec(text.replaceAll(/\(SELECT[^()]*\)/g, ''))?.[1] ?? text);
  const noted: Database = {
    dialect: database.dialect,
    cacheMaxAgeMs: 1_000,
    one: (text, params) => (note(text), database.one(text, params)),
    all: (text, params) => (note(text), database.all(text, params)),
    run: (text, params) => database.run(text, params),
    transaction: (work) => database.transaction(work),
    afterCommit: (effect) => database.afterCommit(effect),
    exclusively: (work) => database.exclusively(work),
    health: () => database.health(),
    inspect: () => database.inspect(),
    close: () => database.close(),
  };
  return { storage: new SqlStorage(noted, nowMs), taken: () => read.splice(0) };
}

test('changing a pool makes it be read again, while the app clients of all pools stay in memory', async (t) => {
  const { storage, taken } = await noting(t, () => 0);
  const { stores } = storage;
  const pool = aPool();
  const other = aPool();
  const clients = [aClient(pool.id), aClient(other.id)];
  for (const one of [pool, other]) await stores.pools.createIfAbsent(one);
  for (const client of clients) await stores.clients.createIfAbsent(client);
  const readAll = async () => {
    await stores.pools.get(pool.id);
    await stores.pools.get(other.id);
    for (const { id } of clients) await stores.clients.get(id);
    return taken();
  };
  assert.deepEqual(await readAll(), ['pools', 'pools', 'clients', 'clients']);
  assert.deepEqual(await readAll(), []);
  await stores.pools.change(pool.id, (current) => ({ ...current, name: 'renamed' }));
  await storage.transaction((tx) => tx.pools.change(pool.id, (current) => current));
  assert.deepEqual(await readAll(), ['pools']);
  const sessions = { poolId: pool.id, kind: 'sessions' } as const;
  await storage.transaction((tx) => tx.configurations.change(sessions, () => undefined, t0));
  assert.deepEqual(await readAll(), ['pools'], 'it is remembered with what it says of sessions');
  await stores.pools.delete(pool.id, t0);
  assert.deepEqual(await readAll(), ['pools', 'clients']);
});

test('keys are read at most once a second, at once after a change, and in transactions on their own connection', async (t) => {
  let nowMs = 0;
  const { storage, taken } = await noting(t, () => nowMs);
  const { stores } = storage;
  const pool = aPool();
  await stores.pools.createIfAbsent(pool);
  const wrapped = { owner: pool.id, version: 1, wrapped: 'w', createdAtMs: t0 };
  await stores.dataKeys.createIfAbsent(wrapped);
  const signing = {
    poolId: pool.id,
    use: 'id' as const,
    kid: 'k',
    publicJwk: '{}',
    sealedPrivate: 's',
    createdAtMs: t0,
  };
  await stores.signingKeys.createIfAbsent(signing);
  const readAll = async () => {
    assert.equal((await stores.dataKeys.of(pool.id)).at(-1)?.wrapped, 'w');
    assert.equal((await stores.signingKeys.of(pool.id))[0]?.kid, 'k');
    return taken();
  };
  const both = ['data_keys', 'signing_keys'];
  assert.deepEqual(await readAll(), both);
  nowMs = 999;
  assert.deepEqual(await readAll(), []);
  nowMs = 1_000;
  assert.deepEqual(await readAll(), both);
  await stores.dataKeys.createIfAbsent({ ...wrapped, version: 2, wrapped: 'w2' });
  assert.deepEqual(await readAll(), ['data_keys']);
  await stores.signingKeys.createIfAbsent({ ...signing, kid: 'l' });
  assert.deepEqual(await readAll(), ['signing_keys']);
  nowMs = 2_500;
  const undone = storage.transaction(async ({ dataKeys }) => {
    assert.equal((await dataKeys.of(pool.id)).length, 2);
    await dataKeys.createIfAbsent({ ...wrapped, version: 3, wrapped: 'w3' });
    assert.equal((await dataKeys.of(pool.id)).length, 3);
    throw new Error('undo');
  });
  await assert.rejects(undone, /undo/);
  assert.deepEqual(taken(), []);
  assert.equal((await stores.dataKeys.of(pool.id)).length, 2);
});
