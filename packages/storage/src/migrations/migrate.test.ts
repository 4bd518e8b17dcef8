import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqliteDialect } from '../sql/dialect.ts';
import type { Database } from '../sql/sql.ts';
import { Connection } from '../sqlite/connection.ts';
import { SqliteTransaction } from '../sqlite/sqlite-transaction.ts';
import type { Migration } from './migration.ts';
import { migrate, migrations } from './migrate.ts';

/** A database in memory whose transactions can be rolled back. */
function inMemory(): { database: Database; tables: () => unknown[] } {
  const connection = new Connection(':memory:', 0);
  const database = {
    dialect: sqliteDialect,
    async transaction<T>(work: (tx: SqliteTransaction) => Promise<T>): Promise<T> {
      connection.exec('BEGIN');
      try {
        const value = await work(new SqliteTransaction(connection));
        connection.exec('COMMIT');
        return value;
      } catch (error) {
        connection.exec('ROLLBACK');
        throw error;
      }
    },
  } as unknown as Database;
  const tables = (): unknown[] =>
    connection
      .all(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`, [])
      .map((row) => (row as { name: string }).name);
  return { database, tables };
}

const step = (version: number, ...statements: string[]): Migration => ({
  version,
  name: `step ${version}`,
  statements: () => statements,
});

test('each migration runs once, and later ones are added', async () => {
  const { database, tables } = inMemory();
  const first = step(1, 'CREATE TABLE a (x INTEGER)');
  await migrate(database, { steps: [first] });
  await migrate(database, { steps: [first] });
  assert.deepEqual(tables(), ['a', 'schema_migrations', 'schema_needs']);
  await migrate(database, { steps: [first, step(2, 'CREATE TABLE b (x INTEGER)')] });
  assert.deepEqual(tables(), ['a', 'b', 'schema_migrations', 'schema_needs']);
});

test('a migration that fails half-way leaves nothing behind, and runs cleanly the next time', async () => {
  const { database, tables } = inMemory();
  const first = step(1, 'CREATE TABLE a (x INTEGER)');
  const broken = step(2, 'CREATE TABLE b (x INTEGER)', 'CREATE TABLE a (x INTEGER)');
  await assert.rejects(
    migrate(database, { steps: [first, broken] }),
    /step 2.*cannot be put into the database/,
  );
  assert.deepEqual(tables(), ['a', 'schema_migrations', 'schema_needs']);
  await migrate(database, { steps: [first, step(2, 'CREATE TABLE b (x INTEGER)')] });
  assert.deepEqual(tables(), ['a', 'b', 'schema_migrations', 'schema_needs']);
});

test('an edited migration is noticed; one that is only reformatted is not', async () => {
  const { database } = inMemory();
  await migrate(database, { steps: [step(1, 'CREATE TABLE a (x INTEGER)')] });
  await migrate(database, { steps: [step(1, 'CREATE TABLE a\n  (x INTEGER)')] });
  await assert.rejects(
    migrate(database, { steps: [step(1, 'CREATE TABLE a (y INTEGER)')] }),
    /different build/,
  );
});

test('the migrations are numbered from 1 without gaps', () => {
  assert.deepEqual(
    migrations.map(({ version }) => version),
    migrations.map((_, index) => index + 1),
  );
});
