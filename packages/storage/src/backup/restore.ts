import { noteBirth, migrations, takeStep } from '../migrations/migrate.ts';
import type { Migration } from '../migrations/migration.ts';
import type { Sql, SqlValue } from '../sql.ts';
import { BackupError, type BackupHeader } from '../backup-format.ts';
import { readBackup } from './read-backup.ts';
import { tablesOf } from './schema-tables.ts';

/** Parameters of one statement; SQLite allows 32,766, and more are hardly faster. */
const MOST_PARAMETERS = 2_000;

/** Makes the tables of the backup's version and fills them, in the caller's transaction and an empty database. */
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
      // Made here, but filled with what other builds may have written.
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
  // Some steps put a first row into their tables.
  for (const table of tablesOf(steps).toReversed()) await tx.run(`DELETE FROM ${table}`, []);
}

/** A table that is being filled, some rows a statement. */
class Table {
  readonly #tx: Sql;
  readonly #start: string;
  readonly #row: string;
  readonly #atOnce: number;
  #waiting: SqlValue[][] = [];

  constructor(tx: Sql, table: string, columns: readonly string[]) {
    const names = [table, ...columns];
    // They go into the text of statements; a backup may come from anywhere.
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
    // Two texts a table: one for a full statement, one for a row alone.
    if (rows.length === this.#atOnce) {
      await this.#tx.run(this.#start + rows.map(() => this.#row).join(', '), rows.flat());
    } else for (const row of rows) await this.#tx.run(this.#start + this.#row, row);
  }
}

/** Columns that number rows by themselves go on after the highest number. SQLite does that without being told. */
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
