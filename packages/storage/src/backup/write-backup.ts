import { createWriteStream, existsSync, linkSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { nameKeys } from '../migrations/0005-name-keys.ts';
import { BIRTH, migrations } from '../migrations/migrate.ts';
import type { StorageOptions } from '../storage/open-storage.ts';
import {
  BackupError,
  type BackupHeader,
  type EndLine,
  type Snapshot,
} from './format/backup-format.ts';
import { openSnapshot } from './snapshot.ts';
import { tablesOf } from './schema-tables.ts';

/**
 * Writes everything that the database holds at this moment to a new file that only its owner can read. A server may keep writing meanwhile.
 * `check` reads the finished file before it gets its final name.
 */
export async function writeBackup(
  options: StorageOptions,
  file: string,
  parts: { readonly keys?: string; readonly nowMs: number; check(file: string): Promise<void> },
): Promise<void> {
  if (existsSync(file)) throw new BackupError(`${file} already exists. Name a new file.`);
  if (options.kind === 'sqlite' && !existsSync(options.file))
    throw new BackupError(`There is no database ${options.file}.`);
  const snapshot = await openSnapshot(options);
  const draft = `${file}.partial`;
  try {
    const lines = linesOf(snapshot, options, parts);
    await pipeline(
      Readable.from(lines),
      createGzip(),
      createWriteStream(draft, { mode: 0o600, flags: 'wx', flush: true }),
    );
    await parts.check(draft);
    linkSync(draft, file);
    await flushFolder(dirname(file));
  } catch (error) {
    throw writeError(file, draft, error);
  } finally {
    await snapshot.close();
    rmSync(draft, { force: true });
  }
}

async function* linesOf(
  snapshot: Snapshot,
  { kind, steps = migrations }: StorageOptions,
  { keys, nowMs }: { readonly keys?: string; readonly nowMs: number },
): AsyncGenerator<string> {
  const line = (value: BackupHeader | EndLine | object) => `${JSON.stringify(value)}\n`;
  const schema: string[] = [];
  for await (const { rows } of snapshot.read('SELECT name FROM schema_migrations ORDER BY version'))
    schema.push(...rows.map(([name]) => String(name)));
  if (schema.length > steps.length)
    throw new BackupError(
      `The database has schema version ${schema.length}, but this Poolhouse knows only ${steps.length}. Make the backup with the newer one.`,
    );
  yield line({
    format: 'poolhouse-backup',
    formatVersion: 1,
    createdAtMs: nowMs,
    database: kind,
    schema,
    ...(await birthOf(snapshot, schema)),
    ...(keys !== undefined && { keys }),
  });
  const counts: Record<string, number> = {};
  for (const table of tablesOf(steps.slice(0, schema.length))) {
    let count = 0;
    for await (const { columns, rows } of snapshot.read(`SELECT * FROM ${table}`)) {
      if (count === 0) yield line({ table, columns });
      count += rows.length;
      yield rows.map(line).join('');
    }
    counts[table] = count;
  }
  yield line({ rows: counts });
}

/** This table was added together with the first migration that needs a minimum version. */
async function birthOf(
  snapshot: Snapshot,
  schema: readonly string[],
): Promise<Pick<BackupHeader, 'birthNeeds'>> {
  if (schema.length < nameKeys.version) return {};
  let birthNeeds: number | undefined;
  const select = `SELECT needs FROM schema_needs WHERE version = ${BIRTH}`;
  // Read to the end: a reader that is left early stays open.
  for await (const { rows } of snapshot.read(select)) {
    if (rows[0] !== undefined) birthNeeds = Number(rows[0][0]);
  }
  return birthNeeds === undefined ? {} : { birthNeeds };
}

/** A file name is on disk only once its folder has been flushed. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  await handle.sync();
  await handle.close();
}

function writeError(file: string, draft: string, error: unknown): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST')
    return new BackupError(
      path === draft
        ? `${draft} is there already: another backup is being written, or one was cut off. Remove it, or name another file.`
        : `${file} already exists. Name a new file.`,
    );
  if (path === draft || code === 'ENOSPC' || code === 'EFBIG')
    return new BackupError(
      `${file} cannot be written (${code ?? 'unknown reason'}). Name another place.`,
    );
  return error;
}
