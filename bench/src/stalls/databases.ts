import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { startPostgres } from '../../../scripts/postgres.mjs';

/** A database that a server of the product runs on, and that is filled and looked at behind its back. */
export interface StallsDatabase {
  readonly name: string;
  /** The settings with which a server uses it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly dataFolder: string;
  /** Runs statements while no server runs. */
  fill(statements: readonly string[]): Promise<void>;
  /** How many rows the query finds, in its column `found`. */
  count(query: string): Promise<number>;
  drop(): Promise<void>;
}

/** A SQLite file in a folder of its own. */
export function sqliteDatabase(): StallsDatabase {
  const dataFolder = mkdtempSync(join(tmpdir(), 'poolhouse-stalls-'));
  const file = join(dataFolder, 'poolhouse.db');
  return {
    name: 'SQLite',
    environment: {},
    dataFolder,
    async fill(statements) {
      const database = new DatabaseSync(file);
      database.exec('PRAGMA cache_size = -1000000; PRAGMA synchronous = OFF');
      for (const statement of statements) database.exec(statement);
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      database.close();
    },
    async count(query) {
      const database = new DatabaseSync(file, { readOnly: true });
      const row = database.prepare(query).get() as { readonly found: number };
      database.close();
      return row.found;
    },
    drop: async () => rmSync(dataFolder, { recursive: true, force: true }),
  };
}

/** A PostgreSQL server of one's own with durable settings; one sentence where there is none. */
export async function postgresDatabase(): Promise<StallsDatabase | { readonly missing: string }> {
  const server = await startPostgres({ durable: true });
  if ('missing' in server) return server;
  const dataFolder = mkdtempSync(join(tmpdir(), 'poolhouse-stalls-'));
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  return {
    name: 'PostgreSQL',
    environment: { POOLHOUSE_DATABASE_URL: server.url },
    dataFolder,
    async fill(statements) {
      for (const statement of statements) await client.query(statement);
      await client.query('VACUUM ANALYZE');
      await client.query('CHECKPOINT');
    },
    async count(query) {
      const { rows } = await client.query<{ readonly found: string }>(query);
      return Number(rows[0]?.found);
    },
    async drop() {
      await client.end();
      await server.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
