import type { SqlValue } from './sql.ts';

/** What the first line of a backup says. */
export interface BackupHeader {
  readonly format: 'poolhouse-backup';
  readonly formatVersion: 1;
  readonly createdAtMs: number;
  /** Which database it was taken from; it restores into either. */
  readonly database: 'sqlite' | 'postgres';
  /** The names of the schema's steps, oldest first. */
  readonly schema: readonly string[];
  /** What a build had to know to make the database (`BIRTH`), where the database says so. */
  readonly birthNeeds?: number;
  /** Key-encryption keys as they are configured, where the operator asked for them. */
  readonly keys?: string;
}

/** Begins the rows of a table. */
export interface TableLine {
  readonly table: string;
  readonly columns: readonly string[];
}

/** A row, in the order of the columns. */
export type RowLine = readonly SqlValue[];

/** Ends a backup: how many rows each table has. */
export interface EndLine {
  readonly rows: Readonly<Record<string, number>>;
}

/** Some rows of a table. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly RowLine[];
}

/** A database as it stood at one moment, whatever is written since. */
export interface Snapshot {
  /** The columns and rows of a table, or of a SELECT that names none of ours. At least one item, empty where the table is. */
  read(select: string): AsyncIterable<Rows>;
  close(): Promise<void>;
}

/** A file that is no backup, or not a whole one; or a place that a backup cannot go to. The message is for the operator. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}
