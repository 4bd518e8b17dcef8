import type { ListedUser } from './user-shown.ts';
import { TokenPages, type TokenAnswer } from './token-pages.ts';
import type { UserQuery } from './user-query.ts';

/** Asks the server for one page. */
export type FetchUsers = (
  filter: string | undefined,
  token: string | undefined,
  limit: number,
) => Promise<{ readonly users: readonly ListedUser[]; readonly next: string | undefined }>;

/** Users on a page. */
export const PAGE_SIZE = 25;
/** The most that the API gives at once. */
const LARGEST = 60;
/** Requests for one page, when most users that the server finds are not in the state that is looked for. */
const MOST_REQUESTS = 8;

/** The pages of users that a query finds. */
export function userPages(query: UserQuery, fetch: FetchUsers): TokenPages<ListedUser> {
  return new TokenPages((token) =>
    query.isPaged ? filledPage(query, fetch, token) : joined(query, fetch),
  );
}

async function filledPage(
  query: UserQuery,
  fetch: FetchUsers,
  from: string | undefined,
): Promise<TokenAnswer<ListedUser>> {
  const [filter] = query.filters();
  const items: ListedUser[] = [];
  let token = from;
  let requests = 0;
  do {
    const page = await fetch(filter, token, PAGE_SIZE - items.length);
    items.push(...page.users.filter((user) => query.accepts(user)));
    token = page.next;
    requests += 1;
  } while (token !== undefined && items.length < PAGE_SIZE && requests < MOST_REQUESTS);
  return { items, next: token };
}

async function joined(query: UserQuery, fetch: FetchUsers): Promise<TokenAnswer<ListedUser>> {
  const pages = await Promise.all(
    query.filters().map((filter) => fetch(filter, undefined, LARGEST)),
  );
  const found = new Map<string, ListedUser>();
  for (const user of pages.flatMap((page) => page.users)) {
    if (query.accepts(user)) found.set(user.Username ?? '', user);
  }
  const cut = pages.some((page) => page.next !== undefined) || found.size > LARGEST;
  return { items: [...found.values()].slice(0, LARGEST), next: undefined, cut };
}
