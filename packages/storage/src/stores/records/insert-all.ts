import type { Sql, SqlValue } from '../../sql/sql.ts';

/** How many rows one statement inserts: few sizes, so that there are few texts, and few statements for many rows. */
const SIZES = [64, 8, 1] as const;

/** What is needed of the table. */
interface InsertTable<Item> {
  readonly insert: string;
  readonly names: readonly string[];
  readonly values: (item: Item) => readonly SqlValue[];
}

/** Inserts records with few statements, in the caller's transaction; `ending` follows the values, and may return rows. */
export async function insertAll<Item, Row = never>(
  tx: Sql,
  { insert, names, values }: InsertTable<Item>,
  items: readonly Item[],
  ending = '',
): Promise<readonly Row[]> {
  const returned: Row[] = [];
  const more = `, (${names.map(() => '?').join(', ')})`;
  for (let at = 0; at < items.length;) {
    const size = SIZES.find((one) => one <= items.length - at) ?? 1;
    const params = items.slice(at, at + size).flatMap((item) => values(item));
    const rows = await tx.all<Row>(insert + more.repeat(size - 1) + ending, params);
    returned.push(...rows);
    at += size;
  }
  return returned;
}
