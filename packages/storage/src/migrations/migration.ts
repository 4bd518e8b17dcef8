import type { Dialect } from '../sql/dialect.ts';

/** One step of the schema's history. Never edited once released: its checksum is recorded in every database. */
export interface Migration {
  /** 1, 2, 3, ... without gaps. */
  readonly version: number;
  readonly name: string;
  /**
   * The lowest schema version that a build must know to run on this one. Omitted if the step only expands (new tables, indexes, columns
   * that may be null or have a default): then every build that ran before still runs.
   */
  readonly needs?: number;
  /** The statements for one dialect, run in order inside one transaction. */
  statements(dialect: Dialect): readonly string[];
}
