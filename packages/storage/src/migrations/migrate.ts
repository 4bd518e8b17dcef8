import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '@poolhouse/core';
import type { Dialect } from '../sql/dialect.ts';
import { sqlState } from '../sql/sql-state.ts';
import type { Database, Sql } from '../sql/sql.ts';
import { StorageError, StorageOpenError } from '../sql/storage-errors.ts';
import { initial } from './0001-initial.ts';
import { audit } from './0002-audit.ts';
import { sealedAudit } from './0003-sealed-audit.ts';
import { failureRuns } from './0004-failure-runs.ts';
import { nameKeys } from './0005-name-keys.ts';
import { addresses } from './0006-addresses.ts';
import { jobs } from './0007-jobs.ts';
import { groupGenerations } from './0008-group-generations.ts';
import { laterGenerations } from './0009-later-generations.ts';
import { lastSignIns } from './0010-last-sign-ins.ts';
import { sessionFacts } from './0011-session-facts.ts';
import { poolConfigurations } from './0012-pool-configurations.ts';
import { leases } from './0013-leases.ts';
import { secondFactors } from './0014-second-factors.ts';
import { passkeys } from './0015-passkeys.ts';
import { waitingByMedium } from './0016-waiting-by-medium.ts';
import { devices } from './0017-devices.ts';
import { resourceServers } from './0018-resource-servers.ts';
import { userImports } from './0019-user-imports.ts';
import { identityProviders } from './0020-identity-providers.ts';
import { linkedIdentities } from './0021-linked-identities.ts';
import { authEvents } from './0022-auth-events.ts';
import { factorsOfSessions } from './0023-factors-of-sessions.ts';
import type { Migration } from './migration.ts';

/** Every migration, oldest first. */
export const migrations: readonly Migration[] = [
  initial,
  audit,
  sealedAudit,
  failureRuns,
  nameKeys,
  addresses,
  jobs,
  groupGenerations,
  laterGenerations,
  lastSignIns,
  sessionFacts,
  poolConfigurations,
  leases,
  secondFactors,
  passkeys,
  waitingByMedium,
  devices,
  resourceServers,
  userImports,
  identityProviders,
  linkedIdentities,
  authEvents,
  factorsOfSessions,
];

interface Applied {
  readonly version: number;
  readonly checksum: string;
}

/** Options of a migration run. */
export interface MigrateOptions {
  /** The migrations of this build; tests add those of a later one. */
  readonly steps?: readonly Migration[];
  readonly log?: Log;
}

/** Any number that no other program uses for its advisory locks. */
const advisoryLock = 7_011_665_001;
/**
 * The row of `schema_needs` that says which version a build had to know to create the database. An upgraded database has no such row unless
 * it was created with one.
 */
export const BIRTH = 0;
/** How often a step tries to get the table that it changes. Each try is short, because everyone who wants the table waits behind it. */
const triesForLock = 60;

/**
 * Brings the tables up to date, each step all or nothing. Of nodes that start together, one does it and the others wait. Accepts a database
 * of a later build as long as that build's steps allow ours, and refuses one with a different history. Source: ADR 9.
 */
export async function migrate(database: Database, options: MigrateOptions = {}): Promise<void> {
  const { steps = migrations, log } = options;
  let tries = 0;
  for (let isDone = false; !isDone;) {
    try {
      isDone = await database.transaction((tx) => takeStep(tx, steps, log));
      tries = 0;
    } catch (error) {
      tries += 1;
      // SQLSTATE lock_not_available.
      if (sqlState(error) !== '55P03' || tries >= triesForLock) throw error;
      await delay(100);
    }
  }
}

/**
 * Runs the first step that is missing; returns `true` if none is. Each step has its own transaction, so that it holds locks no longer than
 * necessary.
 */
export async function takeStep(tx: Sql, steps: readonly Migration[], log?: Log): Promise<boolean> {
  const { text, bigint, name } = tx.dialect;
  if (name === 'postgres') {
    await tx.one('SELECT pg_advisory_xact_lock(?)', [advisoryLock]);
    await tx.run(`SET LOCAL lock_timeout = '1s'`, []);
  }
  await tx.run(
    `CREATE TABLE IF NOT EXISTS schema_migrations (version ${bigint} PRIMARY KEY, name ${text} NOT NULL,
      checksum ${text} NOT NULL, applied_at_ms ${bigint} NOT NULL)`,
    [],
  );
  // A separate table, because builds that only know the other one keep reading that.
  await tx.run(
    `CREATE TABLE IF NOT EXISTS schema_needs (version ${bigint} PRIMARY KEY, needs ${bigint} NOT NULL)`,
    [],
  );
  const applied = await tx.all<Applied>(
    'SELECT version, checksum FROM schema_migrations ORDER BY version',
    [],
  );
  const needed = await tx.one<{ readonly needs: number | null }>(
    'SELECT MAX(needs) AS needs FROM schema_needs',
    [],
  );
  checkHistory(applied, steps, { needs: needed?.needs ?? 0, dialect: tx.dialect });
  const next = steps[applied.length];
  if (next !== undefined) await apply(tx, next);
  // A new database: no build that knows less than all these steps need has ever written here.
  if (applied.length === 0) await noteBirth(tx, Math.max(...steps.map(({ needs = 0 }) => needs)));
  else if (applied.length > steps.length) {
    log?.warn('schema.newer', { version: applied.at(-1)?.version, known: steps.length });
  }
  return next === undefined;
}

function checkHistory(
  applied: readonly Applied[],
  steps: readonly Migration[],
  { needs, dialect }: { readonly needs: number; readonly dialect: Dialect },
): void {
  if (needs > steps.length)
    throw new StorageOpenError(
      `The database has schema version ${applied.at(-1)?.version}, which needs a Poolhouse that knows version ${needs}; this one knows only ${steps.length}. Install the newer Poolhouse again, or restore a backup made before the upgrade.`,
    );
  for (const { version, checksum } of applied) {
    const step = steps[version - 1];
    if (step !== undefined && checksum !== checksumOf(step, dialect))
      throw new StorageOpenError(
        `Schema version ${version} (${step.name}) of the database was made by a different build of Poolhouse. Start that build again, or use a new database.`,
      );
  }
}

async function apply(tx: Sql, step: Migration): Promise<void> {
  try {
    for (const statement of step.statements(tx.dialect)) await tx.run(statement, []);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw new StorageOpenError(
      `Schema version ${step.version} (${step.name}) cannot be put into the database: it refused a statement. Does it hold tables of another program? Use a database of its own for Poolhouse.`,
      { cause: error },
    );
  }
  await tx.run(
    'INSERT INTO schema_migrations (version, name, checksum, applied_at_ms) VALUES (?, ?, ?, ?)',
    [step.version, step.name, checksumOf(step, tx.dialect), Date.now()],
  );
  if (step.needs !== undefined) await need(tx, step.version, step.needs);
}

/** Records which version a build had to know to create the database, or that this is unknown. */
export async function noteBirth(tx: Sql, needs: number | undefined): Promise<void> {
  await tx.run('DELETE FROM schema_needs WHERE version = ?', [BIRTH]);
  if (needs !== undefined) await need(tx, BIRTH, needs);
}

async function need(tx: Sql, version: number, needs: number): Promise<void> {
  await tx.run('INSERT INTO schema_needs (version, needs) VALUES (?, ?)', [version, needs]);
}

function checksumOf(step: Migration, dialect: Dialect): string {
  // Reformatting must not change the checksum.
  const text = step.statements(dialect).join(';').replaceAll(/\s+/g, ' ');
  return createHash('sha256').update(text).digest('hex');
}
