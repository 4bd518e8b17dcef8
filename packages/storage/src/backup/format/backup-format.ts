import type { SqlValue } from '../../sql/sql.ts';

/** The first line of a backup. */
export interface BackupHeader {
  readonly format: 'poolhouse-backup';
  readonly formatVersion: 1;
  readonly createdAtMs: number;
  /** Which kind of database it was taken from. It can be restored into either. */
  readonly database: 'sqlite' | 'postgres';
  /** The names of the schema's migrations, oldest first. */
  readonly schema: readonly string[];
  /** The schema version that a build had to know to create the database (`BIRTH`), if the database records it. */
  readonly birthNeeds?: number;
  /** The configured key-encryption keys, if the operator asked to include them. */
  readonly keys?: string;
}

/** Starts the rows of a table. */
export interface TableLine {
  readonly table: string;
  readonly columns: readonly string[];
}

/** A row, in the order of the columns. */
export type RowLine = readonly SqlValue[];

/** Ends a backup: the number of rows in each table. */
export interface EndLine {
  readonly rows: Readonly<Record<string, number>>;
}

/** A batch of rows of a table. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly RowLine[];
}

/** A database as it was at one moment, regardless of later writes. */
export interface Snapshot {
  /** The columns and rows of a table or of a SELECT. Yields at least one item, which is empty if the table is. */
  read(select: string): AsyncIterable<Rows>;
  close(): Promise<void>;
}

/** A file that is not a backup, or an incomplete one; or a place that a backup cannot be written to. The message is for the operator. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}
