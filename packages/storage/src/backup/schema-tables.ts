import type { Migration } from '../migrations/migration.ts';
import { sqliteDialect } from '../sql/dialect.ts';

/** The tables that these migrations create, oldest first, so a table comes after those it refers to. */
export function tablesOf(steps: readonly Migration[]): readonly string[] {
  return steps
    .flatMap((step) => step.statements(sqliteDialect))
    .flatMap((statement) => /^\s*CREATE TABLE (\w+)/.exec(statement)?.[1] ?? []);
}
