import { noteBirth, migrations, takeStep } from '../migrations/migrate.ts';
import type { Migration } from '../migrations/migration.ts';
import type { Sql, SqlValue } from '../sql/sql.ts';
import { BackupError, type BackupHeader } from './format/backup-format.ts';
import { readBackup } from './read-backup.ts';
import { tablesOf } from './schema-tables.ts';

/** Parameters per statement. SQLite allows 32,766, but more would hardly be faster. */
const MOST_PARAMETERS = 2_000;

/** Creates the tables at the backup's schema version and fills them, in the caller's transaction. The database must be empty. */
export async function restoreRows(
  tx: Sql,
  file: string,
  steps: readonly Migration[] = migrations,
): Promise<Readonly<Record<string, number>>> {
  let rows: Readonly<Record<string, number>> = {};
  let table: Table | undefined;
  for await (const item of readBackup(file)) {
    if (item.kind === 'header') {
      await makeTables(tx, knownSteps(file, item.header, steps));
      // This build creates the database, but other builds may have written what fills it.
      await noteBirth(tx, item.header.birthNeeds);
    } else if (item.kind === 'row') await table?.add(item.row);
    else {
      await table?.flush();
      if (item.kind === 'table') table = new Table(tx, item.table, item.columns);
      else rows = item.rows;
    }
  }
  for (const [name, count] of Object.entries(rows)) {
    const found = await tx.one<{ readonly count: number }>(
      `SELECT COUNT(*) AS count FROM ${name}`,
      [],
    );
    if (found?.count !== count)
      throw new BackupError(`The table ${name} has ${found?.count} rows instead of ${count}.`);
  }
  await continueNumbers(tx);
  return rows;
}

function knownSteps(
  file: string,
  { schema }: BackupHeader,
  steps: readonly Migration[],
): readonly Migration[] {
  const known = steps.slice(0, schema.length);
  if (JSON.stringify(known.map(({ name }) => name)) !== JSON.stringify(schema))
    throw new BackupError(
      `${file} has schema version ${schema.length} (${schema.at(-1)}), which this Poolhouse does not know. Restore it with the build that made it.`,
    );
  return known;
}

async function makeTables(tx: Sql, steps: readonly Migration[]): Promise<void> {
  while (!(await takeStep(tx, steps))) continue;
  // Some migrations insert a first row into their tables.
  for (const table of tablesOf(steps).toReversed()) await tx.run(`DELETE FROM ${table}`, []);
}

/** A table that is being filled, several rows per statement. */
class Table {
  readonly #tx: Sql;
  readonly #start: string;
  readonly #row: string;
  readonly #atOnce: number;
  #waiting: SqlValue[][] = [];

  constructor(tx: Sql, table: string, columns: readonly string[]) {
    const names = [table, ...columns];
    // The names become part of SQL text, and a backup may come from anywhere.
    if (!names.every((name) => /^[a-z_0-9]+$/.test(name)))
      throw new BackupError('The backup names an invalid table or column.');
    this.#tx = tx;
    const overriding = tx.dialect.name === 'postgres' ? ' OVERRIDING SYSTEM VALUE' : '';
    this.#start = `INSERT INTO ${table} (${columns.join(', ')})${overriding} VALUES `;
    this.#row = `(${columns.map(() => '?').join(', ')})`;
    this.#atOnce = Math.max(1, Math.floor(MOST_PARAMETERS / columns.length));
  }

  async add(row: readonly SqlValue[]): Promise<void> {
    this.#waiting.push([...row]);
    if (this.#waiting.length === this.#atOnce) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.#waiting;
    this.#waiting = [];
    // Two statement texts per table: one for a full batch, one for a single row.
    if (rows.length === this.#atOnce) {
      await this.#tx.run(this.#start + rows.map(() => this.#row).join(', '), rows.flat());
    } else for (const row of rows) await this.#tx.run(this.#start + this.#row, row);
  }
}

/** Makes identity columns continue after the highest number. SQLite does that by itself. */
async function continueNumbers(tx: Sql): Promise<void> {
  if (tx.dialect.name !== 'postgres') return;
  const numbered = await tx.all<{ readonly table_name: string; readonly column_name: string }>(
    `SELECT table_name, column_name FROM information_schema.columns
      WHERE table_schema = current_schema() AND is_identity = 'YES'`,
    [],
  );
  for (const { table_name: table, column_name: column } of numbered) {
    await tx.one(
      `SELECT setval(pg_get_serial_sequence('${table}', '${column}'), MAX(${column})) FROM ${table}`,
      [],
    );
  }
}
