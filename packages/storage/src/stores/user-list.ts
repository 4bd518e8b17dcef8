import type {
  ListedUser,
  Page,
  PoolId,
  SearchAttribute,
  Sub,
  UserFilter,
  UserStatus,
} from '@poolhouse/core';
import type { Sql, SqlValue } from '../sql.ts';
import { pageOf } from './page-of.ts';
import { foldCase, maxSearchLength, prefixEnd, searchText } from './search-text.ts';

/** The columns of a listed user from `users u`: few and narrow, because a page has many. */
export const listedColumns =
  'u.sub, u.username, u.status, u.enabled, u.attributes, u.created_at_ms, u.modified_at_ms';

/** A row of {@link listedColumns}. */
export interface ListedRow {
  readonly sub: string;
  readonly username: string;
  readonly status: string;
  readonly enabled: number;
  readonly attributes: string;
  readonly created_at_ms: number;
  readonly modified_at_ms: number;
}

type UserPage = Page<ListedUser, readonly string[]>;
type After = readonly string[] | undefined;

/** One page of ListUsers. Every query walks an index from where the last page ended. */
export async function listUsers(
  sql: Sql,
  poolId: PoolId,
  limit: number,
  filter: UserFilter | undefined,
  after: After,
): Promise<UserPage> {
  if (filter === undefined) return bySub(sql, poolId, limit, '', after);
  if (filter.attribute === 'status') return byEnabled(sql, poolId, limit, filter, after);
  if (filter.attribute === 'sub') {
    if (filter.match === 'starts-with')
      return bySub(sql, poolId, limit, searchText(filter.value), after);
    return after === undefined ? oneSub(sql, poolId, filter.value) : { items: [] };
  }
  const page = await byColumn(sql, poolId, limit, filter.attribute, filter, after);
  if (filter.value.length <= maxSearchLength) return page;
  return { ...page, items: page.items.filter((user) => matchesWhole(user, filter)) };
}

/** All users, or those whose `sub` starts with `prefix`, in order of `sub`. */
async function bySub(
  sql: Sql,
  poolId: PoolId,
  limit: number,
  prefix: string,
  after: After,
): Promise<UserPage> {
  const params: SqlValue[] = [poolId];
  let where = 'u.pool_id = ?';
  // A `sub` that equals the prefix belongs to the first page only.
  where += after === undefined ? ' AND u.sub >= ?' : ' AND u.sub > ?';
  params.push(after?.[0] ?? prefix);
  const end = prefixEnd(prefix);
  if (end !== undefined) {
    where += ' AND u.sub < ?';
    params.push(end);
  }
  return pageBySub(sql, where, params, limit);
}

async function oneSub(sql: Sql, poolId: PoolId, value: string): Promise<UserPage> {
  const row = await sql.one<ListedRow>(
    `SELECT ${listedColumns} FROM users u WHERE u.pool_id = ? AND u.sub = ?`,
    [poolId, searchText(value)],
  );
  return { items: row === undefined ? [] : [listedUser(row)] };
}

/** `status` filters by what is the `enabled` flag here; its two values are compared with their case. */
async function byEnabled(
  sql: Sql,
  poolId: PoolId,
  limit: number,
  { match, value }: UserFilter,
  after: After,
): Promise<UserPage> {
  const matches = (name: string): boolean =>
    match === 'equals' ? name === value : name.startsWith(value);
  const flags = [matches('Disabled') ? 0 : -1, matches('Enabled') ? 1 : -1].filter(
    (flag) => flag >= 0,
  );
  if (flags.length === 2) return bySub(sql, poolId, limit, '', after);
  const [flag] = flags;
  if (flag === undefined) return { items: [] };
  const where = 'u.pool_id = ? AND u.enabled = ? AND u.sub > ?';
  return pageBySub(sql, where, [poolId, flag, after?.[0] ?? ''], limit);
}

/** The column of an attribute and the form of its values. */
const columnOf: Readonly<
  Record<
    Exclude<SearchAttribute, 'sub' | 'status'>,
    readonly [column: string, fold: (value: string) => string]
  >
> = {
  username: ['username', (value) => value],
  'cognito:user_status': ['status', (value) => value.toUpperCase()],
  email: ['email', foldCase],
  phone_number: ['phone_number', foldCase],
  name: ['name', foldCase],
  given_name: ['given_name', foldCase],
  family_name: ['family_name', foldCase],
  preferred_username: ['preferred_username', foldCase],
};

async function byColumn(
  sql: Sql,
  poolId: PoolId,
  limit: number,
  attribute: keyof typeof columnOf,
  { match, value }: UserFilter,
  after: After,
): Promise<UserPage> {
  const [column, fold] = columnOf[attribute];
  const sought = searchText(fold(value));
  if (match === 'equals') {
    const where = `u.pool_id = ? AND u.${column} = ? AND u.sub > ?`;
    return pageBySub(sql, where, [poolId, sought, after?.[0] ?? ''], limit);
  }
  const params: SqlValue[] = [poolId, after?.[0] ?? sought, after?.[1] ?? ''];
  const end = prefixEnd(sought);
  if (end !== undefined) params.push(end);
  const rows = await sql.all<ListedRow & { readonly sought: string }>(
    `SELECT ${listedColumns}, u.${column} AS sought FROM users u
      WHERE u.pool_id = ? AND (u.${column}, u.sub) > (?, ?)${end === undefined ? '' : ` AND u.${column} < ?`}
      ORDER BY u.pool_id, u.${column}, u.sub LIMIT ?`,
    [...params, limit + 1],
  );
  return pageOf(rows, limit, listedUser, (row) => [row.sought, row.sub]);
}

async function pageBySub(
  sql: Sql,
  where: string,
  params: readonly SqlValue[],
  limit: number,
): Promise<UserPage> {
  const rows = await sql.all<ListedRow>(
    `SELECT ${listedColumns} FROM users u WHERE ${where} ORDER BY u.pool_id, u.sub LIMIT ?`,
    [...params, limit + 1],
  );
  return pageOf(rows, limit, listedUser, (row) => [row.sub]);
}

/** Compares a value that is longer than what the search columns hold. Such a page may be short, or empty, and go on. */
function matchesWhole(user: ListedUser, { attribute, match, value }: UserFilter): boolean {
  const own = attribute === 'username' ? user.username : user.attributes[attribute];
  if (own === undefined) return false;
  const [left, right] = attribute === 'username' ? [own, value] : [foldCase(own), foldCase(value)];
  return match === 'equals' ? left === right : left.startsWith(right);
}

/** The listed user of a row. */
export function listedUser(row: ListedRow): ListedUser {
  return {
    sub: row.sub as Sub,
    username: row.username,
    status: row.status as UserStatus,
    enabled: row.enabled === 1,
    attributes: JSON.parse(row.attributes) as ListedUser['attributes'],
    createdAtMs: row.created_at_ms,
    modifiedAtMs: row.modified_at_ms,
  };
}
