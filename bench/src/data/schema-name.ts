import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStorage } from '@poolhouse/storage';
import { FLOOR_INDEX, FLOOR_TABLES } from '../floor/floor-database.ts';

/** Increase it when the made-up data changes. */
const DATA_VERSION = 4;

/** A name that changes with the tables of product and floor: databases under another name are no longer usable. */
export async function schemaName(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'poolhouse-bench-'));
  try {
    const file = join(folder, 'schema.db');
    await (await openStorage({ kind: 'sqlite', file })).close();
    const database = new DatabaseSync(file, { readOnly: true });
    const steps = database
      .prepare('SELECT version, checksum FROM schema_migrations ORDER BY version')
      .all();
    database.close();
    const everything = [DATA_VERSION, steps, FLOOR_TABLES, FLOOR_INDEX];
    return hash('sha256', JSON.stringify(everything)).slice(0, 16);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
