import type { Dialect } from '../dialect.ts';

/** One step of the schema's history. Never edited once released: its checksum is recorded in every database. */
export interface Migration {
  /** 1, 2, 3, ... without gaps. */
  readonly version: number;
  readonly name: string;
  /** The statements for one dialect, run in order inside one transaction. */
  statements(dialect: Dialect): readonly string[];
}
