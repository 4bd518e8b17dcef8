import type { Page } from '@poolhouse/core';

/** The page from rows that were read with `limit + 1`: the extra one tells that there is more. */
export function pageOf<Row, Item, Key>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  key: (row: Row) => Key,
): Page<Item, Key> {
  const items = rows.slice(0, limit).map(item);
  const last = rows[limit - 1];
  return rows.length > limit && last !== undefined ? { items, after: key(last) } : { items };
}
