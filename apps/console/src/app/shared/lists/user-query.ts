import type { ListUsersRequest } from '@poolhouse/model';

/** An attribute that users can be found by. Source: API model, ListUsersRequest. */
export type SearchBy =
  | 'anything'
  | 'username'
  | 'email'
  | 'phone_number'
  | 'name'
  | 'given_name'
  | 'family_name'
  | 'preferred_username'
  | 'sub';

/** Attributes to choose from, the default first. */
export const SEARCHES: readonly SearchBy[] = [
  'anything',
  'username',
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'sub',
];

/** States to narrow the list to: a status, or whether users may sign in at all. */
export type StateFilter =
  'CONFIRMED' | 'UNCONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED' | 'Enabled' | 'Disabled';

/** All of {@link StateFilter}, in the order they are offered. */
export const STATES: readonly StateFilter[] = [
  'CONFIRMED',
  'UNCONFIRMED',
  'FORCE_CHANGE_PASSWORD',
  'RESET_REQUIRED',
  'Disabled',
  'Enabled',
];

/** Orders to look through users in. Source: the console's own list of users, in the server's `user-lists.ts`. */
export type UserSort = 'newest' | 'oldest' | 'a-z' | 'z-a';

/** All of {@link UserSort}, the default first. */
export const SORTS: readonly UserSort[] = ['newest', 'oldest', 'a-z', 'z-a'];

type Filter = NonNullable<ListUsersRequest['Filter']>;

/**
 * What is looked for in the list of users. The API takes one condition: the text goes to the server, and a state beside
 * it is looked at here. Source: behaviour.md 10.
 */
export class UserQuery {
  readonly text: string;
  readonly by: SearchBy;
  readonly state: StateFilter | undefined;
  /** What was asked for; {@link order} says what there is. */
  readonly sort: UserSort;

  constructor(
    text = '',
    by: SearchBy = 'anything',
    state?: StateFilter,
    sort: UserSort = 'newest',
  ) {
    this.text = text.trim();
    this.by = by;
    this.state = state;
    this.sort = sort;
  }

  /** Reads a query from the address of the page; what is not known there is left out. */
  static fromUrl(read: (name: string) => string | null): UserQuery {
    const by = SEARCHES.find((name) => name === read('by'));
    const state = STATES.find((name) => name === read('state'));
    const sort = SORTS.find((name) => name === read('sort'));
    return new UserQuery(read('q') ?? '', by, state, sort);
  }

  /** The same with something else. */
  with(change: Partial<Pick<UserQuery, 'text' | 'by' | 'state' | 'sort'>>): UserQuery {
    const { text = this.text, by = this.by, sort = this.sort } = change;
    return new UserQuery(text, by, 'state' in change ? change.state : this.state, sort);
  }

  /** For the address of the page; `null` leaves a parameter out. */
  toUrl(): Readonly<Record<'q' | 'by' | 'state' | 'sort', string | null>> {
    return {
      q: this.text || null,
      by: this.by === 'anything' ? null : this.by,
      state: this.state ?? null,
      sort: this.sort === 'newest' ? null : this.sort,
    };
  }

  /** The orders that there are: what a text finds has one of its own, and those of one status have none by name. */
  get sorts(): readonly UserSort[] {
    if (this.text !== '') return [];
    return this.state === undefined ? SORTS : ['newest', 'oldest'];
  }

  /** The order of what is found; `undefined` where there is none to choose. */
  get order(): UserSort | undefined {
    return this.sorts.find((name) => name === this.sort) ?? this.sorts[0];
  }

  get isEverybody(): boolean {
    return this.text === '' && this.state === undefined;
  }

  /**
   * The filters to ask the server for, one request each: several only when the text may stand in any attribute, then
   * those that it can be the beginning of. `undefined` asks for everybody.
   */
  filters(): readonly (Filter | undefined)[] {
    if (this.text === '') return [this.#stateFilter()];
    const names = this.by === 'anything' ? attributesFor(this.text) : [this.by];
    return names.map((name) => `${name} ^= "${quoted(valueFor(name, this.text))}"`);
  }

  /** Whether the pages of the server are the pages to show: not when results of several requests are joined. */
  get isPaged(): boolean {
    return this.text === '' || this.by !== 'anything';
  }

  /** Whether a found user is in the state; the server has looked already when there is no text. */
  accepts(user: { readonly UserStatus?: string; readonly Enabled?: boolean }): boolean {
    if (this.state === undefined) return true;
    if (this.state === 'Enabled') return user.Enabled !== false;
    if (this.state === 'Disabled') return user.Enabled === false;
    return user.UserStatus === this.state;
  }

  #stateFilter(): Filter | undefined {
    if (this.state === undefined) return undefined;
    const name = this.state === 'Enabled' || this.state === 'Disabled' ? 'status' : STATUS;
    return `${name} = "${this.state}"`;
  }
}

const STATUS = 'cognito:user_status';

type SearchAttribute = Exclude<SearchBy, 'anything'>;

/** Attributes that a text can be the beginning of, the likeliest first. */
function attributesFor(text: string): readonly SearchAttribute[] {
  if (text.includes('@')) return ['email', 'username', 'preferred_username'];
  if (text.startsWith('+')) return ['phone_number', 'username'];
  const names: SearchAttribute[] = [
    'username',
    'email',
    'name',
    'given_name',
    'family_name',
    'preferred_username',
  ];
  if (/^[\d ()/-]+$/.test(text)) names.push('phone_number');
  if (/^[\da-f-]{4,36}$/i.test(text)) names.push('sub');
  return names;
}

/** Phone numbers are kept as `+` and digits; ids in lower case. */
function valueFor(name: SearchAttribute, text: string): string {
  if (name === 'phone_number') return `+${text.replace(/\D/g, '')}`;
  return name === 'sub' ? text.toLowerCase() : text;
}

function quoted(text: string): string {
  return text.replace(/[\\"]/g, '\\$&');
}
