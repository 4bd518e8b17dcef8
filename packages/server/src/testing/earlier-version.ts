import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { postgresTestDatabase } from '@poolhouse/storage/testing';
import { startServer, type RunningServer } from './start-server.ts';

/** Databases, named by the schema of the version that created them. */
export type EarlierVersion = 'schema-2' | 'schema-9';

/** What people and programs knew about a database that an earlier version created. */
export interface KnownThen {
  /** When it was created, in ISO 8601. */
  readonly madeAt: string;
  readonly keys: string;
  readonly pool: {
    readonly id: string;
    readonly publicClient: string;
    readonly secretClient: { readonly id: string; readonly secret: string };
    readonly rotatingClient: string;
    /** One that is marked for deletion but not deleted yet; from schema 9 on. */
    readonly goneClient?: string;
  };
  readonly subs: Readonly<Record<string, string>>;
  readonly codes: Readonly<
    Record<'newAddress' | 'signUp' | 'reset' | 'forgot' | 'temporaryPassword', string>
  >;
  readonly tokens: Readonly<
    Record<
      | 'access'
      | 'refresh'
      | 'refreshOfSecretClient'
      | 'spent'
      | 'rotated'
      | 'revoked'
      | 'signedOut'
      | 'signedOutRefresh',
      string
    > &
      // From schema 9 on.
      Partial<Record<'refreshBySrp' | 'refreshOfGoneClient', string>>
  >;
  readonly newPasswordSession: string;
  readonly srpAnswer: Readonly<Record<string, string>>;
  readonly mails: { readonly id: string; readonly client: string };
  readonly accessKeys: Readonly<
    Record<'all' | 'oneOfMails' | 'disabled', { readonly id: string; readonly secret: string }>
  >;
  readonly administrator: { readonly username: string; readonly temporaryPassword: string };
}

/** Today's server on a database of an earlier version, a second after that one ended. */
export interface UpgradedServer {
  readonly running: RunningServer;
  readonly known: KnownThen;
  advance(ms: number): void;
}

const folderOf = (version: EarlierVersion) =>
  join(import.meta.dirname, 'earlier-versions', version);

/** Starts today's server on a copy of what an earlier version left. */
export async function upgradedServer(
  t: TestContext,
  version: EarlierVersion,
  kind: 'sqlite' | 'postgres',
  environment: Readonly<Record<string, string>> = {},
): Promise<UpgradedServer> {
  const folder = folderOf(version);
  const all = JSON.parse(await readFile(join(folder, 'known.json'), 'utf8')) as Readonly<
    Record<typeof kind, KnownThen>
  >;
  const known = all[kind];
  const database = await (kind === 'sqlite' ? sqliteCopy(folder) : postgresCopy(t, folder));
  let nowMs = Date.parse(known.madeAt) + 1_000;
  const running = await startServer(t, {
    environment: {
      POOLHOUSE_MODE: 'production',
      POOLHOUSE_KEYS: known.keys,
      POOLHOUSE_PUBLIC_URL: 'http://localhost:8400',
      ...database,
      ...environment,
    },
    // Its password hashes are real ones.
    replacements: { clock: { nowMs: () => nowMs }, hasher: undefined },
  });
  return { running, known, advance: (ms) => void (nowMs += ms) };
}

async function sqliteCopy(folder: string) {
  const data = await mkdtemp(join(tmpdir(), 'poolhouse-earlier-'));
  const bytes = brotliDecompressSync(await readFile(join(folder, 'poolhouse.db.br')));
  await writeFile(join(data, 'poolhouse.db'), bytes);
  return { POOLHOUSE_DATA: data };
}

async function postgresCopy(t: TestContext, folder: string) {
  const database = await postgresTestDatabase();
  t.after(() => database.drop());
  await database.run(await readFile(join(folder, 'poolhouse.sql'), 'utf8'));
  return { POOLHOUSE_DATABASE_URL: database.url };
}
