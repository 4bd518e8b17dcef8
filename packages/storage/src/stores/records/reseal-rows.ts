import type { Sql, SqlValue } from '../../sql/sql.ts';

/** How many rows one statement writes: SQLite takes 32,766 parameters, and a stretch may be longer than asked for. */
export const MOST_ROWS_PER_WRITE = 1_000;

/** What is needed of the table of secrets. */
interface SecretsTable<Secrets, Row> {
  readonly names: readonly string[];
  readonly record: (row: Row) => Secrets;
  readonly values: (secrets: Secrets) => readonly SqlValue[];
}

/**
 * Replaces the secrets of some rows by what the pure function `reseal` makes of them; it returns the same object where nothing changes.
 * `update` is given the fresh rows, as `VALUES` with the table's columns, and takes `params` after theirs.
 */
export async function resealRows<Secrets, Row>(
  tx: Sql,
  rows: readonly Row[],
  table: SecretsTable<Secrets, Row>,
  reseal: (secrets: Secrets) => Secrets,
  update: (fresh: string) => string,
  params: readonly SqlValue[] = [],
): Promise<void> {
  const changed = rows.flatMap((row) => {
    const before = table.record(row);
    const secrets = reseal(before);
    return secrets === before ? [] : [secrets];
  });
  const marks = `(${table.names.map(() => '?').join(', ')})`;
  for (let at = 0; at < changed.length; at += MOST_ROWS_PER_WRITE) {
    const part = changed.slice(at, at + MOST_ROWS_PER_WRITE);
    const fresh = `VALUES ${part.map(() => marks).join(', ')}`;
    await tx.run(update(fresh), [...part.flatMap((secrets) => table.values(secrets)), ...params]);
  }
}
