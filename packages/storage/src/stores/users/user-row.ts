import { foldText } from '@poolhouse/rules';
import type {
  ListedUser,
  ReviewedUser,
  SignInName,
  SignInNameKind,
  User,
  UserSecrets,
  UserStatus,
} from '@poolhouse/core';
import { json, recordsOf, type Form, type RowOf } from '../../sql/columns.ts';
import type { SqlValue } from '../../sql/sql.ts';
import { searchText } from '../records/search-text.ts';

const everyStatus: Readonly<Record<UserStatus, true>> = {
  CONFIRMED: true,
  EXTERNAL_PROVIDER: true,
  FORCE_CHANGE_PASSWORD: true,
  RESET_REQUIRED: true,
  UNCONFIRMED: true,
};

/** Every user status, by code point. */
export const userStatuses = (Object.keys(everyStatus) as UserStatus[]).sort();

/** Status and `enabled` in one column, so that one index serves both filters: `CONFIRMED+`, `CONFIRMED-`. */
export function stateOf(status: UserStatus, enabled: boolean): string {
  return status + (enabled ? '+' : '-');
}

/** The status in a {@link stateOf}. */
function statusOf(state: string): UserStatus {
  return state.slice(0, -1) as UserStatus;
}

/** The `enabled` flag in a {@link stateOf}. */
function enabledOf(state: string): boolean {
  return state.endsWith('+');
}

const letterOf: Readonly<Record<SignInNameKind, string>> = {
  username: 'u',
  email: 'e',
  phone_number: 'p',
  preferred_username: 'n',
};
const kindOf = new Map(
  (Object.keys(letterOf) as SignInNameKind[]).map((kind) => [letterOf[kind], kind]),
);

/** Names are also stored in the user's row, in short form: one letter for the kind, then the key. */
const shortNames: Form<readonly SignInName[], string> = {
  encode: (names) => JSON.stringify(names.map(({ kind, key }) => letterOf[kind] + key)),
  decode: (text) =>
    (JSON.parse(text) as string[]).map((name) => ({
      kind: kindOf.get(name.charAt(0)) ?? 'username',
      key: name.slice(1),
    })),
};

/** For nearly every user the list or object is empty: then the column is null. */
function jsonUnlessEmpty<Member extends object>(empty: () => Member): Form<Member, string | null> {
  return {
    encode: (member) => (Object.keys(member).length === 0 ? null : JSON.stringify(member)),
    decode: (text) => (text === null ? empty() : (JSON.parse(text) as Member)),
  };
}

const { member, optional, shared, written, table } = recordsOf<User>();

const searched = (attribute: string) =>
  written(({ attributes }: Pick<User, 'attributes'>) => searchedText(attributes[attribute]));

function searchedText(value: string | undefined): string | null {
  return value === undefined ? null : searchText(foldText(value));
}

/** Attributes with a column of their own, folded, for ListUsers' filters. */
const searchColumns = {
  email: searched('email'),
  phone_number: searched('phone_number'),
  name: searched('name'),
  given_name: searched('given_name'),
  family_name: searched('family_name'),
  preferred_username: searched('preferred_username'),
};
const searchNames = Object.keys(searchColumns) as (keyof typeof searchColumns)[];

/** The last sign-in of a user who never signed in. */
const NEVER_MS = 0;

/** A new column of a user is one row here, and a migration. */
export const users = table('users', {
  pool_id: member('poolId'),
  sub: member('sub'),
  username: member('username'),
  state: shared({ status: statusOf, enabled: enabledOf }, ({ status, enabled }) =>
    stateOf(status, enabled),
  ),
  attributes: member('attributes', json()),
  created_at_ms: member('createdAtMs'),
  modified_at_ms: member('modifiedAtMs'),
  names: member('names', shortNames),
  failed_attempts: member('failedAttempts'),
  last_failed_at_ms: optional('lastFailedAtMs'),
  locked_until_ms: optional('lockedUntilMs'),
  signed_out_at_ms: optional('signedOutAtMs'),
  temporary_password_expires_at_ms: optional('temporaryPasswordExpiresAtMs'),
  pending_attributes: member(
    'pendingAttributes',
    jsonUnlessEmpty(() => ({})),
  ),
  sealed_password: optional('sealedPassword'),
  sealed_srp: optional('sealedSrp'),
  sealed_history: member(
    'sealedHistory',
    jsonUnlessEmpty<readonly string[]>(() => []),
  ),
  mfa: optional('mfa', json()),
  sealed_software_token: optional('sealedSoftwareToken'),
  sealed_next_software_token: optional('sealedNextSoftwareToken'),
  software_token_step: optional('softwareTokenStep'),
  yielded_names: optional('yieldedNames', {
    encode: (names) => (names.length === 0 ? null : shortNames.encode(names)),
    decode: shortNames.decode,
  }),
  audit_salt: optional('auditSalt'),
  // Not part of the record, because only a sign-in changes it.
  last_sign_in_at_ms: written(() => NEVER_MS),
  ...searchColumns,
});

/** A row of {@link users}. */
export type UserRow = RowOf<typeof users>;

/** The select list of a whole user from `users u`. */
export const userColumns = users.select('u');

type Column = (typeof users.names)[number];
/** Indexed columns, which are written only if they change. */
const indexedColumns: readonly Column[] = ['username', 'state', ...searchNames];
/** Columns that a change of a user never writes. */
const fixedColumns: readonly Column[] = ['pool_id', 'sub', 'created_at_ms', 'last_sign_in_at_ms'];
/** All other columns are written together, so that a few statement texts suffice for all changes. */
const plain = users.only(
  ...users.names.filter((name) => !indexedColumns.includes(name) && !fixedColumns.includes(name)),
);

/** The statement and parameters that change `before`'s row into `after`'s. */
export function userUpdate(before: User, after: User): { text: string; params: SqlValue[] } {
  let set = plain.set;
  const params = plain.values(after);
  for (const name of indexedColumns) {
    const { encode } = users.columns[name];
    const value = encode(after);
    if (value === encode(before)) continue;
    set += `, ${name} = ?`;
    params.push(value);
  }
  // The count is reset here, so an attempt from before must not be given back out of the next count.
  const newRun = before.failedAttempts > 0 && after.failedAttempts === 0 ? 1 : 0;
  return {
    text: `UPDATE users SET ${set}, failure_run = failure_run + ? WHERE pool_id = ? AND sub = ?`,
    params: [...params, newRun, after.poolId, after.sub],
  };
}

const { columns } = users;

/** What a list shows of a user: few and narrow columns, because it has many rows. */
export const listedUsers = recordsOf<ListedUser>().table('users', {
  sub: columns.sub,
  username: columns.username,
  state: columns.state,
  attributes: columns.attributes,
  created_at_ms: columns.created_at_ms,
  modified_at_ms: columns.modified_at_ms,
  last_sign_in_at_ms: recordsOf<ListedUser>().optional('lastSignInAtMs'),
});

/** The sealed values of a user. */
export const userSecrets = recordsOf<UserSecrets>().table('users', {
  sub: columns.sub,
  sealed_password: columns.sealed_password,
  sealed_srp: columns.sealed_srp,
  sealed_history: columns.sealed_history,
  sealed_software_token: columns.sealed_software_token,
  sealed_next_software_token: columns.sealed_next_software_token,
});

/** What a review of names reads, besides the search columns. */
const reviewedUsers = recordsOf<ReviewedUser['user'] & Pick<User, 'enabled'>>().table('users', {
  pool_id: columns.pool_id,
  sub: columns.sub,
  username: columns.username,
  state: columns.state,
  attributes: columns.attributes,
  names: columns.names,
  yielded_names: columns.yielded_names,
});

/** The select list of a {@link ReviewRow} from `users u`. */
export const reviewColumns = `${reviewedUsers.select('u')}, ${searchNames.map((column) => `u.${column}`).join(', ')}`;

/** A row of {@link reviewColumns}. */
export type ReviewRow = RowOf<typeof reviewedUsers> &
  Readonly<Record<keyof typeof searchColumns, string | null>>;

/** The user of a row; a review ignores whether the user is enabled. */
export function reviewedUser(row: ReviewRow): ReviewedUser['user'] {
  const { enabled: _enabled, ...user } = reviewedUsers.record(row);
  return user;
}

/** Whether the search columns of the row hold what today's build would write. */
export function isSearchable(row: ReviewRow, { attributes }: Pick<User, 'attributes'>): boolean {
  return searchNames.every(
    (column) => row[column] === searchColumns[column].encode({ attributes }),
  );
}

const allSearched = users.only(...searchNames);

/** The statement and parameters that rewrite the search columns. */
export function searchUpdate(user: User): { text: string; params: SqlValue[] } {
  return {
    text: `UPDATE users SET ${allSearched.set} WHERE pool_id = ? AND sub = ?`,
    params: [...allSearched.values(user), user.poolId, user.sub],
  };
}
