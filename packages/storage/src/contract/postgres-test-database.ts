import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openStorage } from '../storage/open-storage.ts';
import type { TestDatabase } from './subject.ts';

/** The URL of a PostgreSQL server for tests; schemas are created in its database and dropped again. */
export const postgresTestUrl = process.env['POOLHOUSE_TEST_DATABASE_URL'];

/** Why the tests on PostgreSQL are skipped, if they are. */
export const postgresSkipReason =
  postgresTestUrl === undefined
    ? 'POOLHOUSE_TEST_DATABASE_URL names no PostgreSQL server'
    : undefined;

/** A schema that a test created, and the URL under which it appears as the whole database. */
export interface PostgresTestDatabase extends TestDatabase {
  readonly schema: string;
  readonly url: string;
  /** Every row of every table as text, for searching. */
  contents(): Promise<string>;
  /** Runs statements in it, bypassing the tested code. */
  run(statements: string): Promise<void>;
}

/** Creates an empty schema. */
export async function postgresTestDatabase(): Promise<PostgresTestDatabase> {
  const schema = `test_${randomUUID().replaceAll('-', '')}`;
  await administrate(`CREATE SCHEMA ${schema}`);
  const url = new URL(postgresTestUrl ?? '');
  // Tests end each other's connections by this name.
  url.searchParams.set('application_name', schema);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return {
    schema,
    url: url.href,
    open: (options) => openStorage({ kind: 'postgres', url: url.href, ...options }),
    contents: () => contentsOf(schema),
    run: (statements) => administrate(`SET search_path = ${schema}; ${statements}`),
    drop: () => administrate(`DROP SCHEMA ${schema} CASCADE`),
  };
}

async function contentsOf(schema: string): Promise<string> {
  return withClient(async (client) => {
    const tables = await client.query<{ readonly name: string }>(
      'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1',
      [schema],
    );
    const texts: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ readonly row: string }>(
        `SELECT t::text AS row FROM ${schema}.${name} t`,
      );
      texts.push(name, ...rows.map(({ row }) => row));
    }
    return texts.join('\n');
  });
}

/** Runs statements, bypassing the tested code. */
export async function administrate(text: string): Promise<void> {
  await withClient((client) => client.query(text));
}

async function withClient<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: postgresTestUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
