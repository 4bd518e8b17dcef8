import type { WrappedDataKey } from '@poolhouse/core';
import { dataKeyOf } from '../stores/keys.ts';
import { readBackup } from './read-backup.ts';

/** What a complete backup contains. */
export interface BackupSummary {
  readonly createdAtMs: number;
  /** By table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly dataKeys: readonly WrappedDataKey[];
  /** The text of the keys that open it, if the backup includes them. */
  readonly keys: string | undefined;
}

/** Reads a backup to its end; throws BackupError if it is incomplete. */
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
