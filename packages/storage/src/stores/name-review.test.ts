import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { postgresSkipReason, postgresTestDatabase } from '../contract/postgres-test-database.ts';
import { stepsOfAnOlderBuild } from '../contract/older-build.ts';
import { aPool, aUser, sub, t0 } from '../contract/records.ts';
import type { MigrateOptions } from '../migrations/migrate.ts';
import { openPostgres } from '../postgres/open-postgres.ts';
import { SqlStorage } from '../storage/sql-storage.ts';
import type { Database } from '../sql/sql.ts';
import { openSqlite } from '../sqlite/open-sqlite.ts';

async function sqlite(t: TestContext, options?: MigrateOptions): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'poolhouse-review-'));
  const file = join(folder, 'p.db');
  await (await openSqlite(file, options)).close();
  const database = await openSqlite(file);
  t.after(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  return database;
}

async function postgres(t: TestContext, options?: MigrateOptions): Promise<Database> {
  const { url, drop } = await postgresTestDatabase();
  await (await openPostgres(url, options)).close();
  const database = await openPostgres(url);
  t.after(async () => {
    await database.close();
    await drop();
  });
  return database;
}

for (const [name, open, skip] of [
  ['SQLite', sqlite, undefined],
  ['PostgreSQL', postgres, postgresSkipReason],
] as const) {
  test(
    `${name}: rows of an older build are recognised, and found by ListUsers once they are folded again`,
    {
      skip: skip ?? false,
    },
    async (t) => {
      const database = await open(t, { steps: stepsOfAnOlderBuild });
      const { pools, users, nameReview } = new SqlStorage(database).stores;
      const pool = aPool();
      await pools.createIfAbsent(pool);
      const user = aUser(pool.id, 'u', { attributes: { name: 'Großmann', email: 'a@x.de' } });
      const other = aUser(pool.id, 'v', {
        names: [],
        yieldedNames: [{ kind: 'username', key: 'v' }],
      });
      for (const one of [user, other]) await users.create(one);
      // As older builds wrote it: only lower-cased.
      await database.run(`UPDATE users SET name = 'großmann' WHERE sub = ?`, [user.sub]);

      assert.deepEqual(await nameReview.unfinishedPools(), [{ poolId: pool.id }]);
      const slice = await nameReview.slice({ poolId: pool.id }, 10);
      assert.deepEqual(
        new Map(slice.map((reviewed) => [reviewed.user.username, reviewed.isSearchable])),
        new Map([
          ['u', false],
          ['v', true],
        ]),
      );
      assert.deepEqual(slice.find(({ user: one }) => one.username === 'v')?.user, {
        poolId: pool.id,
        sub: other.sub,
        username: 'v',
        status: 'CONFIRMED',
        attributes: {},
        names: [],
        yieldedNames: other.yieldedNames,
      });
      const filter = { attribute: 'name', match: 'equals', value: 'GROSSMANN' } as const;
      assert.equal((await users.list(pool.id, 60, filter)).items.length, 0);
      await nameReview.makeSearchable(user);
      await nameReview.makeSearchable({ poolId: pool.id, sub: sub('nobody') });
      assert.equal((await users.list(pool.id, 60, filter)).items.length, 1);
      assert.deepEqual(await users.bySub(user), user);
      assert.ok((await nameReview.slice({ poolId: pool.id }, 10)).every((one) => one.isSearchable));

      const [first, second] = [user.sub, other.sub].toSorted();
      assert.ok(first && second);
      const rest = await nameReview.slice({ poolId: pool.id, after: first }, 10);
      assert.deepEqual(
        rest.map((one) => one.user.sub),
        [second],
      );
      await nameReview.note({ poolId: pool.id, after: first });
      assert.deepEqual(await nameReview.unfinishedPools(), [{ poolId: pool.id, after: first }]);
      await nameReview.note({ poolId: pool.id, doneAtMs: t0 });
      assert.deepEqual(await nameReview.unfinishedPools(), []);
      assert.deepEqual(await nameReview.poolsDoneSince(t0), [{ poolId: pool.id }]);
      assert.deepEqual(await nameReview.poolsDoneSince(t0 + 1), []);

      assert.deepEqual(await nameReview.yielding(5), [{ poolId: pool.id, sub: other.sub }]);
      assert.deepEqual(await nameReview.yielding(5, other), []);
      assert.equal((await users.bySub(other))?.yieldedNames?.length, 1);
    },
  );
  test(
    `${name}: if no older build has ever written, no pool is walked through`,
    { skip: skip ?? false },
    async (t) => {
      const { pools, users, nameReview } = new SqlStorage(await open(t)).stores;
      const pool = aPool();
      await pools.createIfAbsent(pool);
      await users.create(aUser(pool.id, 'u'));
      assert.deepEqual(await nameReview.unfinishedPools(), []);
      await nameReview.note({ poolId: pool.id, doneAtMs: t0 });
      assert.deepEqual(await nameReview.poolsDoneSince(t0), []);
    },
  );
}
