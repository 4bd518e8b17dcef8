import type { WrappedDataKey } from '@poolhouse/core';
import { dataKeyOf } from '../stores/keys.ts';
import { readBackup } from './read-backup.ts';

/** What a whole backup holds. */
export interface BackupSummary {
  readonly createdAtMs: number;
  /** By table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly dataKeys: readonly WrappedDataKey[];
  /** The text of the keys that open it, where they are in it. */
  readonly keys: string | undefined;
}

/** Reads a backup to its end; throws BackupError where it is not whole. */
export async function sumUpBackup(file: string): Promise<BackupSummary> {
  const dataKeys: WrappedDataKey[] = [];
  let [columns, createdAtMs]: [readonly string[] | undefined, number] = [undefined, 0];
  let keys: string | undefined;
  let rows: Readonly<Record<string, number>> = {};
  for await (const item of readBackup(file)) {
    if (item.kind === 'header') ({ createdAtMs, keys } = item.header);
    else if (item.kind === 'table') columns = item.table === 'data_keys' ? item.columns : undefined;
    else if (item.kind === 'end') ({ rows } = item);
    else if (columns !== undefined) dataKeys.push(dataKeyOf(columns, item.row));
  }
  return { createdAtMs, rows, dataKeys, keys };
}
