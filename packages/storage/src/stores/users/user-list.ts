import { foldText } from '@poolhouse/rules';
import type { ListedUser, Page, PoolId, SearchAttribute, UserFilter } from '@poolhouse/core';
import type { Sql } from '../../sql/sql.ts';
import { pageOf } from '../records/page-of.ts';
import { lastText, maxSearchLength, prefixEnd, searchText } from '../records/search-text.ts';
import type { RowOf } from '../../sql/columns.ts';
import { listedUsers, stateOf, userStatuses } from './user-row.ts';

/** The select list of a {@link ListedRow} from `users u`. */
export const listedColumns = listedUsers.select('u');

/** A row of {@link listedColumns}. */
export type ListedRow = RowOf<typeof listedUsers>;

/** A row with its position in an order: the sort value, then the row's number. */
export interface NumberedRow extends ListedRow {
  readonly user_no: number;
  readonly sought: string;
}

/** A page of users, and the position of its last one. */
export type UserPage = Page<ListedUser, readonly string[]>;

/** Which page of which pool. */
export interface Place {
  readonly poolId: PoolId;
  readonly limit: number;
  readonly after: readonly string[] | undefined;
}

/** One page of ListUsers. Every query walks an index from where the last page ended. */
export async function listUsers(sql: Sql, place: Place, filter?: UserFilter): Promise<UserPage> {
  if (filter === undefined) return bySub(sql, place, '');
  const { attribute, match, value } = filter;
  if (attribute === 'status') return byEnabled(sql, place, filter);
  if (attribute === 'cognito:user_status') return byStatus(sql, place, filter);
  if (attribute === 'sub') {
    const sought = searchText(value);
    return match === 'equals' ? oneSub(sql, place, sought) : bySub(sql, place, sought);
  }
  const { column, fold } = searchable[attribute];
  const folded = fold(value);
  const sought = searchText(folded);
  const page =
    match === 'equals'
      ? await byValue(sql, place, column, sought)
      : await byRange(sql, place, column, sought, prefixEnd(sought));
  if (folded.length <= maxSearchLength) return page;
  return { ...page, items: page.items.filter((user) => matchesWhole(user, filter)) };
}

/** The column of an attribute and the form of its values. */
const searchable: Readonly<
  Record<
    Exclude<SearchAttribute, 'sub' | 'status' | 'cognito:user_status'>,
    { readonly column: string; readonly fold: (value: string) => string }
  >
> = {
  username: { column: 'username', fold: (value) => value },
  email: { column: 'email', fold: foldText },
  phone_number: { column: 'phone_number', fold: foldText },
  name: { column: 'name', fold: foldText },
  given_name: { column: 'given_name', fold: foldText },
  family_name: { column: 'family_name', fold: foldText },
  preferred_username: { column: 'preferred_username', fold: foldText },
};

/** All users, or those whose `sub` starts with `prefix`, in order of `sub`. */
async function bySub(sql: Sql, { poolId, limit, after }: Place, prefix: string): Promise<UserPage> {
  const end = prefixEnd(prefix) ?? lastText;
  // A `sub` that equals the prefix belongs to the first page only.
  const rows = await sql.all<ListedRow>(
    `SELECT ${listedColumns} FROM users u WHERE u.pool_id = ? AND u.sub ${after === undefined ? '>=' : '>'} ?
      AND u.sub < ? ORDER BY u.sub LIMIT ?`,
    [poolId, after?.[0] ?? prefix, end, limit + 1],
  );
  return pageOf(rows, limit, listedUsers.record, (row) => [row.sub]);
}

async function oneSub(sql: Sql, { poolId, after }: Place, value: string): Promise<UserPage> {
  if (after !== undefined) return { items: [] };
  const row = await sql.one<ListedRow>(
    `SELECT ${listedColumns} FROM users u WHERE u.pool_id = ? AND u.sub = ?`,
    [poolId, value],
  );
  return { items: row === undefined ? [] : [listedUsers.record(row)] };
}

/** Users by the status in their state. Source: behaviour.md 10, cognito:user_status ignores case. */
async function byStatus(sql: Sql, place: Place, { match, value }: UserFilter): Promise<UserPage> {
  const sought = searchText(value.toUpperCase());
  if (match === 'starts-with') return byRange(sql, place, 'state', sought, prefixEnd(sought));
  // From `CONFIRMED+` to `CONFIRMED-`, whose successor is `CONFIRMED.`.
  return byRange(sql, place, 'state', `${sought}+`, `${sought}.`);
}

/** The filter `status` means our `enabled` flag; its two values are case-sensitive. */
async function byEnabled(sql: Sql, place: Place, { match, value }: UserFilter): Promise<UserPage> {
  const matches = (name: string): boolean =>
    match === 'equals' ? name === value : name.startsWith(value);
  if (matches('Enabled') && matches('Disabled')) return bySub(sql, place, '');
  if (!matches('Enabled') && !matches('Disabled')) return { items: [] };
  const { limit, after } = place;
  const rows: NumberedRow[] = [];
  for (const state of userStatuses.map((status) => stateOf(status, matches('Enabled')))) {
    if (after?.[0] !== undefined && state < after[0]) continue;
    const start = after?.[0] === state ? after[1] : undefined;
    rows.push(
      ...(await numbered(sql, place.poolId, 'state', state, start, limit + 1 - rows.length)),
    );
    if (rows.length > limit) break;
  }
  return pageOf(rows, limit, listedUsers.record, (row) => [row.state, String(row.user_no)]);
}

function numberedColumns(column: string): string {
  return `${listedColumns}, u.user_no, u.${column} AS sought`;
}

/** Users with one value in a column, oldest row first. */
async function byValue(sql: Sql, place: Place, column: string, value: string): Promise<UserPage> {
  const { poolId, limit, after } = place;
  const rows = await numbered(sql, poolId, column, value, after?.[0], limit + 1);
  return pageOf(rows, limit, listedUsers.record, (row) => [String(row.user_no)]);
}

async function numbered(
  sql: Sql,
  poolId: PoolId,
  column: string,
  value: string,
  after: string | undefined,
  limit: number,
): Promise<readonly NumberedRow[]> {
  return sql.all<NumberedRow>(
    `SELECT ${numberedColumns(column)} FROM users u
      WHERE u.pool_id = ? AND u.${column} = ? AND u.user_no > ? ORDER BY u.user_no LIMIT ?`,
    [poolId, value, Number(after ?? 0), limit],
  );
}

/** Users whose value in a column is at least `from` and before `end`, ordered by that value. */
async function byRange(
  sql: Sql,
  { poolId, limit, after }: Place,
  column: string,
  from: string,
  end: string | undefined,
): Promise<UserPage> {
  const [value, userNo] = after ?? [];
  const rows: NumberedRow[] = [];
  // Two queries, because SQLite does not seek by value and row number at once: first the rest of the value at which the last page ended,
  // then the values after it.
  if (value !== undefined)
    rows.push(...(await numbered(sql, poolId, column, value, userNo, limit + 1)));
  if (rows.length <= limit)
    rows.push(
      ...(await sql.all<NumberedRow>(
        `SELECT ${numberedColumns(column)} FROM users u WHERE u.pool_id = ? AND u.${column} ${value === undefined ? '>=' : '>'} ?
          AND u.${column} < ? ORDER BY u.${column}, u.user_no LIMIT ?`,
        [poolId, value ?? from, end ?? lastText, limit + 1 - rows.length],
      )),
    );
  return pageOf(rows, limit, listedUsers.record, (row) => [row.sought, String(row.user_no)]);
}

/**
 * Compares in full a value that is longer than what the search columns hold. Such a page may be short, or empty, and still not be the last.
 */
function matchesWhole(user: ListedUser, { attribute, match, value }: UserFilter): boolean {
  const own = attribute === 'username' ? user.username : user.attributes[attribute];
  if (own === undefined) return false;
  const [left, right] = attribute === 'username' ? [own, value] : [foldText(own), foldText(value)];
  return match === 'equals' ? left === right : left.startsWith(right);
}
