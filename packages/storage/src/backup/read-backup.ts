import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import {
  BackupError,
  type BackupHeader,
  type EndLine,
  type RowLine,
  type TableLine,
} from './format/backup-format.ts';

/** What a backup contains. The header comes first. */
export type BackupItem =
  | { readonly kind: 'header'; readonly header: BackupHeader }
  | { readonly kind: 'table'; readonly table: string; readonly columns: readonly string[] }
  | { readonly kind: 'row'; readonly row: RowLine }
  | { readonly kind: 'end'; readonly rows: Readonly<Record<string, number>> };

/** Reads a backup from the start. If it is not a complete backup, throws BackupError, at its end at the latest. */
export async function* readBackup(file: string): AsyncGenerator<BackupItem> {
  const counts: Record<string, number> = {};
  let current: TableLine | undefined;
  let isWhole = false;
  let isFirst = true;
  for await (const line of linesOf(file)) {
    if (isWhole) throw noBackup(file, 'something follows its end');
    const value = parsed(file, line);
    if (isFirst) {
      yield { kind: 'header', header: headerOf(file, value) };
      isFirst = false;
    } else if (Array.isArray(value)) {
      if (current?.columns.length !== value.length)
        throw noBackup(file, 'a row has the wrong length');
      counts[current.table] = (counts[current.table] ?? 0) + 1;
      yield { kind: 'row', row: value as RowLine };
    } else if ('table' in value) {
      current = value as TableLine;
      counts[current.table] = 0;
      yield { kind: 'table', ...current };
    } else {
      const { rows } = value as EndLine;
      if (JSON.stringify(rows) !== JSON.stringify(counts)) throw noBackup(file, 'rows are missing');
      isWhole = true;
      yield { kind: 'end', rows };
    }
  }
  if (!isWhole) throw noBackup(file, 'its end is missing');
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unpacked = createGunzip();
  source.on('error', (error) => unpacked.destroy(error));
  source.pipe(unpacked).setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of unpacked as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    if (error instanceof BackupError) throw error;
    const { path, code, message } = error as NodeJS.ErrnoException;
    if (path !== file) throw noBackup(file, message);
    throw new BackupError(`${file} cannot be read (${code}). Name an existing file.`);
  } finally {
    source.destroy();
  }
  if (rest !== '') throw noBackup(file, 'its last line is cut off');
}

function headerOf(file: string, value: object): BackupHeader {
  const header = value as Partial<BackupHeader>;
  if (header.format !== 'poolhouse-backup') throw noBackup(file, 'it does not begin like one');
  if (header.formatVersion !== 1)
    throw new BackupError(`${file} was made by a newer Poolhouse. Restore it with that version.`);
  return header as BackupHeader;
}

function parsed(file: string, line: string): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // The error is thrown below.
  }
  throw noBackup(file, 'a line cannot be read');
}

function noBackup(file: string, reason: string): BackupError {
  return new BackupError(
    `${file} is not a complete Poolhouse backup: ${reason}. Use another backup.`,
  );
}
