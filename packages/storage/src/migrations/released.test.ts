import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';
import type { Storage } from '@poolhouse/core';
import { postgresSkipReason, postgresTestDatabase } from '../contract/postgres-test-database.ts';
import { aPool, aUser } from '../contract/records.ts';
import { sqliteTestDatabase } from '../contract/sqlite-test-database.ts';
import type { TestDatabase } from '../contract/subject.ts';
import { postgresDialect, sqliteDialect } from '../sql/dialect.ts';
import { migrations } from './migrate.ts';
import type { Migration } from './migration.ts';

/** The migrations of the first released build, as every database of that build has recorded them. */
const FIRST_BUILD = [
  ['a632ccc914fb3384', 'f656839c18a90264'],
  ['28c69d406194fd0a', '1bfc62f7657b2afe'],
];

const digest = (step: Migration, dialect: typeof sqliteDialect) =>
  createHash('sha256')
    .update(step.statements(dialect).join(';').replaceAll(/\s+/g, ' '))
    .digest('hex')
    .slice(0, 16);

test('the migrations of the first build are unchanged, so its databases still work', () => {
  assert.deepEqual(
    migrations
      .slice(0, 2)
      .map((step) => [digest(step, sqliteDialect), digest(step, postgresDialect)]),
    FIRST_BUILD,
  );
});

test('later migrations expand, or name the version that a build must know (ADR 9)', () => {
  const expanding =
    /^(CREATE (UNIQUE )?INDEX|CREATE TABLE|INSERT INTO|UPDATE|ALTER TABLE \w+ ADD COLUMN) /;
  for (const step of migrations.slice(2)) {
    if (step.needs !== undefined) {
      assert(step.needs <= step.version);
      continue;
    }
    for (const statement of [
      ...step.statements(sqliteDialect),
      ...step.statements(postgresDialect),
    ]) {
      assert.match(statement.trim(), expanding, `version ${step.version}`);
      const demands = /ADD COLUMN/.test(statement) && /NOT NULL/.test(statement);
      assert(!demands || /DEFAULT/.test(statement), `builds before cannot insert: ${statement}`);
    }
  }
});

const further: readonly Migration[] = [
  {
    version: migrations.length + 1,
    name: 'of a later build',
    statements: ({ text, int }) => [
      `ALTER TABLE users ADD COLUMN later ${int} NOT NULL DEFAULT 7`,
      `CREATE TABLE laters (id ${text} PRIMARY KEY)`,
    ],
  },
];

for (const [name, make, skip] of [
  ['SQLite', sqliteTestDatabase, undefined],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason],
] as const) {
  suite(name, { skip: skip ?? false }, () => {
    const database = async (t: import('node:test').TestContext): Promise<TestDatabase> => {
      const made = await make();
      t.after(() => made.drop());
      return made;
    };

    test('a database of the first build is upgraded and keeps its data', async (t) => {
      const { open } = await database(t);
      const old = await open({ steps: migrations.slice(0, 2) });
      const pool = aPool();
      await old.stores.pools.createIfAbsent(pool);
      await old.close();
      const now = await open();
      assert.deepEqual(await now.stores.pools.get(pool.id), pool);
      const user = aUser(pool.id, 'ann');
      assert.equal((await now.stores.users.create(user)).kind, 'created');
      await now.close();
    });

    test('a build keeps running, and starts, on the schema of a later one', async (t) => {
      const { open } = await database(t);
      const pool = aPool();
      const works = async (storage: Storage, username: string) => {
        assert.equal((await storage.stores.users.create(aUser(pool.id, username))).kind, 'created');
        assert((await storage.stores.users.byName(pool.id, username)) !== undefined);
      };
      const first = await open();
      await first.stores.pools.createIfAbsent(pool);
      await works(first, 'before');
      if (name === 'SQLite') await first.close();
      const later = await open({ steps: [...migrations, ...further] });
      await works(later, 'later');
      if (name === 'PostgreSQL') await works(first, 'beside');
      if (name === 'PostgreSQL') await first.close();
      await later.close();
      const said: string[] = [];
      const note = (event: string) => void said.push(event);
      const again = await open({ log: { info: note, warn: note, error: note } });
      await works(again, 'again');
      assert.deepEqual(said, ['schema.newer']);
      await again.close();
      await (await open({ steps: [...migrations, ...further] })).close();
    });

    test('a build that computes other name keys cannot start again (ADR 10)', async (t) => {
      const { open } = await database(t);
      const before = migrations.slice(0, 4);
      await (await open({ steps: before })).close();
      await (await open()).close();
      await assert.rejects(open({ steps: before }), {
        name: 'StorageOpenError',
        message: /needs a Poolhouse that knows version 5; this one knows only 4/,
      });
      await (await open({ steps: migrations.slice(0, 5) })).close();
    });

    test('a migration that older builds cannot run on keeps them from starting', async (t) => {
      const { open } = await database(t);
      const contracting = further.map((step) => ({ ...step, needs: step.version }));
      await (await open({ steps: [...migrations, ...contracting] })).close();
      await assert.rejects(open(), {
        name: 'StorageOpenError',
        message: /needs a Poolhouse that knows version .* restore a backup/,
      });
      await (await open({ steps: [...migrations, ...contracting] })).close();
    });
  });
}
