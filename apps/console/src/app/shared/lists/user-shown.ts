import type { AttributeType, UserType } from '@poolhouse/model';

/** A user as the server's list for the console has it. */
export type ListedUser = UserType & {
  /** When the user signed in last, in seconds as the API has times; 0 for never, absent where it is not known. */
  readonly LastSignInDate?: number;
};

/** A user as lists show it. */
export interface UserShown {
  /** What the user is asked for by: the `sub`, since a name may be another user's by now. */
  readonly id: string;
  readonly username: string;
  /** What the user goes by: the user name; where that is an id, the address. */
  readonly title: string;
  /** The name of the person, where it says more than the title. */
  readonly person: string;
  /** An address, where it says more than the title. */
  readonly contact: string;
  readonly sub: string;
  readonly email: string;
  readonly phone: string;
  readonly initials: string;
  readonly state: UserState;
  readonly createdAt: number | undefined;
  /** As {@link ListedUser} has it. */
  readonly lastSignInAt: number | undefined;
}

/** What the list says about whether and how a user gets in. `disabled` is said before any status. */
export type UserState =
  'disabled' | 'confirmed' | 'unconfirmed' | 'must-change' | 'must-reset' | 'other';

/** The tone that a state is shown in. */
export const stateTones: Readonly<Record<UserState, '' | 'good' | 'warn' | 'bad'>> = {
  disabled: 'bad',
  confirmed: 'good',
  unconfirmed: '',
  'must-change': 'warn',
  'must-reset': 'warn',
  other: '',
};

/** The state of a user that the API answered. */
export function stateOf(user: Pick<UserType, 'Enabled' | 'UserStatus'>): UserState {
  if (user.Enabled === false) return 'disabled';
  switch (user.UserStatus) {
    case 'CONFIRMED':
      return 'confirmed';
    case 'UNCONFIRMED':
      return 'unconfirmed';
    case 'FORCE_CHANGE_PASSWORD':
      return 'must-change';
    case 'RESET_REQUIRED':
      return 'must-reset';
    default:
      return 'other';
  }
}

/** A user of the API as lists show it. */
export function shownUser(user: ListedUser): UserShown {
  const value = valuesOf(user.Attributes);
  const username = user.Username ?? '';
  const sub = value('sub');
  const email = value('email');
  const isAddressNamed = username === sub;
  const title = isAddressNamed ? email || value('phone_number') || username : username;
  const whole = [value('given_name'), value('family_name')].join(' ').trim();
  const name = value('name').trim() || whole;
  const saysMore = (text: string) => text !== '' && text !== title;
  return {
    id: sub || username,
    username,
    title,
    person: saysMore(name) ? name : '',
    contact: [email, value('phone_number')].find(saysMore) ?? '',
    sub,
    email,
    phone: value('phone_number'),
    initials: initialsOf(name || title),
    state: stateOf(user),
    createdAt: user.UserCreateDate,
    lastSignInAt: user.LastSignInDate,
  };
}

/** Two letters for a name: of the first and last word, or the first two of one. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/@.*$/, '')
    .split(/[\s._-]+/)
    .filter(Boolean);
  const [first = '?', last] = [words[0], words.at(-1)];
  const letters =
    words.length > 1 ? `${[...first][0]}${[...(last ?? '')][0]}` : [...first].slice(0, 2).join('');
  return letters.toUpperCase();
}

/** Looks up attributes by name; empty for those that the user lacks. */
export function valuesOf(attributes: readonly AttributeType[] = []): (name: string) => string {
  const values = new Map(attributes.map(({ Name, Value }) => [Name, Value ?? '']));
  return (name) => values.get(name) ?? '';
}
