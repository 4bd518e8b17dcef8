import type { UserType } from '@poolhouse/model';
import type { Pool } from '../domain/pools/pool.ts';
import { toUserType } from '../domain/users/user-shapes.ts';
import type { TransactionContext } from '../operation.ts';
import type { StateFilter, UserFilter, UserOrder } from '../ports/stores/users.ts';
import { readPageToken, writePageToken, type PageContext } from '../paging.ts';
import { parseUserFilter } from './user-filter.ts';

/** Orders in which to browse users. */
export const USER_SORTS = ['newest', 'oldest', 'a-z', 'z-a'] as const;

/** One of {@link USER_SORTS}. */
export type UserSort = (typeof USER_SORTS)[number];

/** Identifies a page of a pool's users. */
export interface BrowsedPage {
  /** As in ListUsers; empty for everybody. */
  readonly filter: string;
  readonly sort: UserSort;
  readonly limit: number;
  /** The token at the end of the previous page. */
  readonly token: string | undefined;
}

/**
 * A page of users for browsing: in an order, and with the last sign-in of each, neither of which ListUsers has. Search results come in the
 * order in which they are found. Users of one status can only be listed newest or oldest first, because no index has them by name.
 */
export async function browseUsers(
  ctx: TransactionContext<'InvalidParameterException', 'users'>,
  pool: Pool,
  { filter: text, sort, limit, token }: BrowsedPage,
): Promise<{
  readonly users: readonly { readonly user: UserType; readonly lastSignInAtMs?: number }[];
  readonly next: string | undefined;
}> {
  const parsed = parseUserFilter(text);
  if (parsed.kind === 'problem') return ctx.fail('InvalidParameterException', parsed.message);
  const filter = parsed.kind === 'filter' ? parsed.filter : undefined;
  const order = orderOf(sort, filter);
  const context: PageContext = ['users', pool.id, sort, text];
  const after = await readPageToken<readonly string[]>(ctx, pool.id, context, token);
  const { users } = ctx.stores;
  const page =
    order === undefined
      ? await users.list(pool.id, limit, filter, after)
      : await users.inOrder(pool.id, limit, order, after);
  return {
    users: page.items.map((user) => ({
      user: toUserType(user),
      ...(user.lastSignInAtMs !== undefined && { lastSignInAtMs: user.lastSignInAtMs }),
    })),
    next: await writePageToken(ctx, pool.id, context, page.after),
  };
}

/** The order in which the store can walk; `undefined` if a search determines it. */
function orderOf(sort: UserSort, filter: UserFilter | undefined): UserOrder | undefined {
  const byCreated = { by: 'created', descending: sort !== 'oldest' } as const;
  if (filter !== undefined) {
    return isOfState(filter) ? { ...byCreated, only: filter } : undefined;
  }
  const isByTitle = sort === 'a-z' || sort === 'z-a';
  return isByTitle ? { by: 'title', descending: sort === 'z-a' } : byCreated;
}

function isOfState(filter: UserFilter): filter is StateFilter {
  return filter.attribute === 'status' || filter.attribute === 'cognito:user_status';
}
