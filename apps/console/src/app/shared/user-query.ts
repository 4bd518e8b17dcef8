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

type Filter = NonNullable<ListUsersRequest['Filter']>;

/**
 * What is looked for in the list of users. The API takes one condition: the text goes to the server, and a state beside
 * it is looked at here. Source: behaviour.md 10.
 */
export class UserQuery {
  readonly text: string;
  readonly by: SearchBy;
  readonly state: StateFilter | undefined;

  constructor(text = '', by: SearchBy = 'anything', state?: StateFilter) {
    this.text = text.trim();
    this.by = by;
    this.state = state;
  }

  /** Reads a query from the address of the page; what is not known there is left out. */
  static fromUrl(read: (name: string) => string | null): UserQuery {
    const by = SEARCHES.find((name) => name === read('by'));
    const state = STATES.find((name) => name === read('state'));
    return new UserQuery(read('q') ?? '', by, state);
  }

  /** For the address of the page; `null` leaves a parameter out. */
  toUrl(): Readonly<Record<'q' | 'by' | 'state', string | null>> {
    return {
      q: this.text || null,
      by: this.by === 'anything' ? null : this.by,
      state: this.state ?? null,
    };
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
