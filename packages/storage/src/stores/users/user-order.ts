import type { StateFilter, UserOrder } from '@poolhouse/core';
import type { Sql } from '../../sql/sql.ts';
import { pageOf } from '../records/page-of.ts';
import { lastText } from '../records/search-text.ts';
import { listedColumns, type NumberedRow, type Place, type UserPage } from './user-list.ts';
import { listedUsers, stateOf, userStatuses } from './user-row.ts';

/** One page of users in an order. Every query walks an index, in either direction, from where the last page ended. */
export function usersInOrder(sql: Sql, place: Place, order: UserOrder): Promise<UserPage> {
  const direction = order.descending ? backward : forward;
  return order.by === 'created'
    ? byArrival(sql, place, statesOf(order.only), direction)
    : byTitle(sql, place, direction);
}

interface Direction {
  /** Compares rows still to come with the current position. */
  readonly behind: '<' | '>';
  readonly order: 'ASC' | 'DESC';
  /** A position before the first row. */
  readonly startNo: number;
  readonly startText: string;
}

const forward: Direction = { behind: '>', order: 'ASC', startNo: 0, startText: '' };
const backward: Direction = {
  behind: '<',
  order: 'DESC',
  startNo: Number.MAX_SAFE_INTEGER,
  startText: lastText,
};

/** The states that a filter matches. Source: behaviour.md 10, cognito:user_status ignores case. */
function statesOf(only: StateFilter | undefined): readonly string[] {
  const flags = [true, false];
  const all = userStatuses.flatMap((status) => flags.map((enabled) => ({ status, enabled })));
  const found = all.filter(({ status, enabled }) => {
    if (only === undefined) return true;
    const { attribute, match, value } = only;
    const [own, sought] =
      attribute === 'status'
        ? [enabled ? 'Enabled' : 'Disabled', value]
        : [status, value.toUpperCase()];
    return match === 'equals' ? own === sought : own.startsWith(sought);
  });
  return found.map(({ status, enabled }) => stateOf(status, enabled));
}

/**
 * Users in some states, in order of arrival or newest first. Each state has its own stretch of the index, in order of arrival: the next
 * rows of each are read, and the first of all are taken. One statement, so that a user whose state changes meanwhile does not come twice.
 */
async function byArrival(
  sql: Sql,
  { poolId, limit, after }: Place,
  states: readonly string[],
  { behind, order, startNo }: Direction,
): Promise<UserPage> {
  if (states.length === 0) return { items: [] };
  const ofOneState = `SELECT * FROM (SELECT ${listedColumns}, u.user_no FROM users u
    WHERE u.pool_id = ? AND u.state = ? AND u.user_no ${behind} ? ORDER BY u.user_no ${order} LIMIT ?) s`;
  const from = Number(after?.[0] ?? startNo);
  const rows = await sql.all<Omit<NumberedRow, 'sought'>>(
    states.map(() => ofOneState).join(' UNION ALL '),
    states.flatMap((state) => [poolId, state, from, limit + 1]),
  );
  const sign = order === 'ASC' ? 1 : -1;
  const merged = rows.toSorted((one, other) => sign * (one.user_no - other.user_no));
  return pageOf(merged, limit, listedUsers.record, (row) => [String(row.user_no)]);
}

/** Must match the index `users_by_title`. */
const title =
  '(CASE WHEN u.username = u.sub THEN coalesce(u.email, u.phone_number, u.sub) ELSE lower(u.username) END)';

/** Users by what they are called, then in order of arrival. */
async function byTitle(
  sql: Sql,
  { poolId, limit, after }: Place,
  { behind, order, startText }: Direction,
): Promise<UserPage> {
  const select = `SELECT ${listedColumns}, u.user_no, ${title} AS sought FROM users u WHERE u.pool_id = ?`;
  const [text, userNo] = after ?? [];
  const rows: NumberedRow[] = [];
  // Two queries, as in a search: the rest of the value at which the last page ended, then the values after it.
  if (text !== undefined) {
    const same = `${select} AND ${title} = ? AND u.user_no ${behind} ? ORDER BY u.user_no ${order} LIMIT ?`;
    rows.push(...(await sql.all<NumberedRow>(same, [poolId, text, Number(userNo), limit + 1])));
  }
  if (rows.length <= limit) {
    const first = text === undefined ? `${behind}=` : behind;
    const others = `${select} AND ${title} ${first} ? ORDER BY ${title} ${order}, u.user_no ${order} LIMIT ?`;
    const left = limit + 1 - rows.length;
    rows.push(...(await sql.all<NumberedRow>(others, [poolId, text ?? startText, left])));
  }
  return pageOf(rows, limit, listedUsers.record, (row) => [row.sought, String(row.user_no)]);
}
