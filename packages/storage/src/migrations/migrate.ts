import { createHash } from 'node:crypto';
import type { Dialect } from '../dialect.ts';
import type { Database, Sql } from '../sql.ts';
import { StorageError, StorageOpenError } from '../storage-errors.ts';
import { initial } from './0001-initial.ts';
import { audit } from './0002-audit.ts';
import { sealedAudit } from './0003-sealed-audit.ts';
import type { Migration } from './migration.ts';

/** Every step, oldest first. */
export const migrations: readonly Migration[] = [initial, audit, sealedAudit];

interface Applied {
  readonly version: number;
  readonly checksum: string;
}

/** Any number will do that nobody else's advisory locks use. */
const advisoryLock = 7_011_665_001;

/**
 * Brings the tables up to date, all or nothing. Nodes that start together do it once: the others wait.
 * Refuses a database whose history is not ours.
 */
export async function migrate(database: Database, steps = migrations): Promise<void> {
  await database.transaction(async (tx) => {
    if (tx.dialect.name === 'postgres')
      await tx.one('SELECT pg_advisory_xact_lock(?)', [advisoryLock]);
    const { text, bigint } = tx.dialect;
    await tx.run(
      `CREATE TABLE IF NOT EXISTS schema_migrations (version ${bigint} PRIMARY KEY, name ${text} NOT NULL,
        checksum ${text} NOT NULL, applied_at_ms ${bigint} NOT NULL)`,
      [],
    );
    const applied = await tx.all<Applied>(
      'SELECT version, checksum FROM schema_migrations ORDER BY version',
      [],
    );
    checkHistory(applied, steps, tx.dialect);
    for (const step of steps.slice(applied.length)) await apply(tx, step);
  });
}

function checkHistory(
  applied: readonly Applied[],
  steps: readonly Migration[],
  dialect: Dialect,
): void {
  for (const { version, checksum } of applied) {
    const step = steps[version - 1];
    if (step === undefined)
      throw new StorageOpenError(
        `The database has schema version ${version}, but this Poolhouse knows only ${steps.length}. Install the newer Poolhouse again, or restore a backup made before the upgrade.`,
      );
    if (checksum !== checksumOf(step, dialect))
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
}

function checksumOf(step: Migration, dialect: Dialect): string {
  // White space may be laid out anew.
  const text = step.statements(dialect).join(';').replaceAll(/\s+/g, ' ');
  return createHash('sha256').update(text).digest('hex');
}
