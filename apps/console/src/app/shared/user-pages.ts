import type { UserType } from '@poolhouse/model';
import type { UserQuery } from './user-query.ts';

/** Asks the server for one page. */
export type FetchUsers = (
  filter: string | undefined,
  token: string | undefined,
  limit: number,
) => Promise<{ readonly users: readonly UserType[]; readonly next: string | undefined }>;

/** One page of users as it is shown. */
export interface UserPage {
  readonly users: readonly UserType[];
  /** Place of the first user, from 0; `undefined` where a state is looked at here, so that nobody knows. */
  readonly from: number;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  /** Whether there may be more than these, which only a narrower search shows. */
  readonly cut: boolean;
}

/** Users on a page. */
export const PAGE_SIZE = 25;
/** The most that the API gives at once. */
const LARGEST = 60;
/** Requests for one page, when most users that the server finds are not in the state that is looked for. */
const MOST_REQUESTS = 8;

interface Position {
  readonly token: string | undefined;
  readonly from: number;
}

/** Walks through the users that a query finds: the API has tokens for the next page only, so those behind are kept. */
export class UserPages {
  readonly #query: UserQuery;
  readonly #fetch: FetchUsers;
  readonly #before: Position[] = [];
  #here: Position = { token: undefined, from: 0 };
  #next: Position | undefined;

  constructor(query: UserQuery, fetch: FetchUsers) {
    this.#query = query;
    this.#fetch = fetch;
  }

  /** The page that one is on, asked for anew. */
  async current(): Promise<UserPage> {
    return this.#query.isPaged ? this.#page() : this.#joined();
  }

  /** Goes one page on, if there is one. */
  async next(): Promise<UserPage> {
    if (this.#next !== undefined) {
      this.#before.push(this.#here);
      this.#here = this.#next;
    }
    return this.current();
  }

  /** Goes one page back, if there is one. */
  async previous(): Promise<UserPage> {
    this.#here = this.#before.pop() ?? this.#here;
    return this.current();
  }

  async #page(): Promise<UserPage> {
    const [filter] = this.#query.filters();
    const users: UserType[] = [];
    let { token } = this.#here;
    let requests = 0;
    do {
      const page = await this.#fetch(filter, token, PAGE_SIZE - users.length);
      users.push(...page.users.filter((user) => this.#query.accepts(user)));
      token = page.next;
      requests += 1;
    } while (token !== undefined && users.length < PAGE_SIZE && requests < MOST_REQUESTS);
    const { from } = this.#here;
    this.#next = token === undefined ? undefined : { token, from: from + users.length };
    const hasNext = this.#next !== undefined;
    return { users, from, hasPrevious: this.#before.length > 0, hasNext, cut: false };
  }

  async #joined(): Promise<UserPage> {
    const pages = await Promise.all(
      this.#query.filters().map((filter) => this.#fetch(filter, undefined, LARGEST)),
    );
    const found = new Map<string, UserType>();
    for (const user of pages.flatMap((page) => page.users)) {
      if (this.#query.accepts(user)) found.set(user.Username ?? '', user);
    }
    const cut = pages.some((page) => page.next !== undefined) || found.size > LARGEST;
    const users = [...found.values()].slice(0, LARGEST);
    return { users, from: 0, hasPrevious: false, hasNext: false, cut };
  }
}
