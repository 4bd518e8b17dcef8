import { foldText } from '@poolhouse/rules';
import type {
  PoolId,
  ReviewedUser,
  SignInName,
  SignInNameKind,
  Sub,
  User,
  UserSecrets,
  UserStatus,
} from '@poolhouse/core';
import type { SqlValue } from '../sql.ts';
import { searchText } from './search-text.ts';

/** A row of `users` as it is read; search columns are written only. */
export interface UserRow {
  readonly pool_id: string;
  readonly sub: string;
  readonly username: string;
  readonly state: string;
  readonly attributes: string;
  readonly created_at_ms: number;
  readonly modified_at_ms: number;
  readonly names: string;
  readonly failed_attempts: number;
  readonly last_failed_at_ms: number | null;
  readonly locked_until_ms: number | null;
  readonly signed_out_at_ms: number | null;
  readonly temporary_password_expires_at_ms: number | null;
  readonly pending_attributes: string | null;
  readonly sealed_password: string | null;
  readonly sealed_srp: string | null;
  readonly sealed_history: string | null;
  readonly yielded_names: string | null;
  readonly audit_salt: string | null;
}

/** Attributes with a column of their own, folded, for ListUsers' filters. */
export const searchColumns = [
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
] as const;

/** Columns without an index: written together, so that few statements do for all changes. */
const plainColumns = [
  'attributes',
  'modified_at_ms',
  'names',
  'failed_attempts',
  'last_failed_at_ms',
  'locked_until_ms',
  'signed_out_at_ms',
  'temporary_password_expires_at_ms',
  'pending_attributes',
  'sealed_password',
  'sealed_srp',
  'sealed_history',
  'yielded_names',
  'audit_salt',
] as const;

/** Columns in an index: written only when they change. */
const indexedColumns = ['username', 'state', ...searchColumns] as const;

/** All columns of a new row. The last sign-in is not part of the record: nothing but a sign-in changes it. */
const insertColumns = [
  'pool_id',
  'sub',
  'created_at_ms',
  'last_sign_in_at_ms',
  ...plainColumns,
  ...indexedColumns,
] as const;

/** The last sign-in of somebody who never did. */
const NEVER_MS = 0;

type Column = (typeof insertColumns)[number];

/** The select list of a whole user from `users u`. */
export const userColumns = ['pool_id', 'sub', 'username', 'state', 'created_at_ms', ...plainColumns]
  .map((column) => `u.${column}`)
  .join(', ');

/** Inserts what {@link userValues} gives. */
export const insertUser = `INSERT INTO users (${insertColumns.join(', ')}) VALUES (${insertColumns.map(() => '?').join(', ')})`;

/** The parameters of {@link insertUser}. */
export function userValues(user: User): SqlValue[] {
  return insertColumns.map((column) => encode[column](user));
}

/** The statement and parameters that turn `before`'s row into `after`'s. */
export function userUpdate(before: User, after: User): { text: string; params: SqlValue[] } {
  const changed = indexedColumns.filter(
    (column) => encode[column](before) !== encode[column](after),
  );
  const columns: readonly Column[] = [...plainColumns, ...changed];
  return {
    text: `UPDATE users SET ${columns.map((column) => `${column} = ?`).join(', ')}, failure_run = failure_run + ?
      WHERE pool_id = ? AND sub = ?`,
    params: [
      ...columns.map((column) => encode[column](after)),
      // What was reserved of a count that is forgotten here is not given back out of the next one.
      before.failedAttempts > 0 && after.failedAttempts === 0 ? 1 : 0,
      after.poolId,
      after.sub,
    ],
  };
}

const everyStatus: Readonly<Record<UserStatus, true>> = {
  CONFIRMED: true,
  EXTERNAL_PROVIDER: true,
  FORCE_CHANGE_PASSWORD: true,
  RESET_REQUIRED: true,
  UNCONFIRMED: true,
};

/** Every status there is, in order of code points. */
export const userStatuses = (Object.keys(everyStatus) as UserStatus[]).sort();

/** Status and `enabled` in one column, so that one index serves the filters of both: `CONFIRMED+`, `CONFIRMED-`. */
export function stateOf(status: UserStatus, enabled: boolean): string {
  return status + (enabled ? '+' : '-');
}

/** The status in a {@link stateOf}. */
export function statusOf(state: string): UserStatus {
  return state.slice(0, -1) as UserStatus;
}

/** The `enabled` flag in a {@link stateOf}. */
export function enabledOf(state: string): boolean {
  return state.endsWith('+');
}

const encode: Readonly<Record<Column, (user: User) => SqlValue>> = {
  pool_id: (user) => user.poolId,
  sub: (user) => user.sub,
  username: (user) => user.username,
  state: (user) => stateOf(user.status, user.enabled),
  attributes: (user) => JSON.stringify(user.attributes),
  created_at_ms: (user) => user.createdAtMs,
  last_sign_in_at_ms: () => NEVER_MS,
  modified_at_ms: (user) => user.modifiedAtMs,
  names: (user) => encodeNames(user.names),
  failed_attempts: (user) => user.failedAttempts,
  last_failed_at_ms: (user) => user.lastFailedAtMs ?? null,
  locked_until_ms: (user) => user.lockedUntilMs ?? null,
  signed_out_at_ms: (user) => user.signedOutAtMs ?? null,
  temporary_password_expires_at_ms: (user) => user.temporaryPasswordExpiresAtMs ?? null,
  pending_attributes: (user) => jsonUnlessEmpty(user.pendingAttributes),
  sealed_password: (user) => user.sealedPassword ?? null,
  sealed_srp: (user) => user.sealedSrp ?? null,
  sealed_history: (user) => jsonUnlessEmpty(user.sealedHistory),
  yielded_names: (user) => (user.yieldedNames?.length ? encodeNames(user.yieldedNames) : null),
  audit_salt: (user) => user.auditSalt ?? null,
  email: (user) => searched(user.attributes['email']),
  phone_number: (user) => searched(user.attributes['phone_number']),
  name: (user) => searched(user.attributes['name']),
  given_name: (user) => searched(user.attributes['given_name']),
  family_name: (user) => searched(user.attributes['family_name']),
  preferred_username: (user) => searched(user.attributes['preferred_username']),
};

function searched(value: string | undefined): string | null {
  return value === undefined ? null : searchText(foldText(value));
}

/** The JSON of a list or an object; null of an empty one. */
export function jsonUnlessEmpty(value: object): string | null {
  return Object.keys(value).length === 0 ? null : JSON.stringify(value);
}

/** The columns that hold a user's secrets, and whose they are. */
export type SecretColumns = Pick<
  UserRow,
  'sub' | 'sealed_password' | 'sealed_srp' | 'sealed_history'
>;

/** The secrets of a user's row. Absent, not undefined: records that were written and read again are equal. */
export function secretsOfRow(row: SecretColumns): UserSecrets {
  return {
    sub: row.sub as Sub,
    ...(row.sealed_password !== null && { sealedPassword: row.sealed_password }),
    ...(row.sealed_srp !== null && { sealedSrp: row.sealed_srp }),
    sealedHistory: row.sealed_history === null ? [] : (JSON.parse(row.sealed_history) as string[]),
  };
}

/** The user of a row. */
export function userFromRow(row: UserRow): User {
  const user: { -readonly [Member in keyof User]: User[Member] } = {
    ...secretsOfRow(row),
    poolId: row.pool_id as PoolId,
    username: row.username,
    status: statusOf(row.state),
    enabled: enabledOf(row.state),
    attributes: JSON.parse(row.attributes) as User['attributes'],
    pendingAttributes:
      row.pending_attributes === null
        ? {}
        : (JSON.parse(row.pending_attributes) as User['pendingAttributes']),
    names: decodeNames(row.names),
    createdAtMs: row.created_at_ms,
    modifiedAtMs: row.modified_at_ms,
    failedAttempts: row.failed_attempts,
  };
  if (row.audit_salt !== null) user.auditSalt = row.audit_salt;
  if (row.temporary_password_expires_at_ms !== null)
    user.temporaryPasswordExpiresAtMs = row.temporary_password_expires_at_ms;
  if (row.last_failed_at_ms !== null) user.lastFailedAtMs = row.last_failed_at_ms;
  if (row.locked_until_ms !== null) user.lockedUntilMs = row.locked_until_ms;
  if (row.signed_out_at_ms !== null) user.signedOutAtMs = row.signed_out_at_ms;
  if (row.yielded_names !== null) user.yieldedNames = decodeNames(row.yielded_names);
  return user;
}

/** What a review of names reads of a user, from `users u`. */
export const reviewColumns = [
  ...(['pool_id', 'sub', 'username', 'state', 'attributes', 'names', 'yielded_names'] as const),
  ...searchColumns,
]
  .map((column) => `u.${column}`)
  .join(', ');

/** A row of {@link reviewColumns}. */
export type ReviewRow = Pick<
  UserRow,
  'pool_id' | 'sub' | 'username' | 'state' | 'attributes' | 'names' | 'yielded_names'
> &
  Readonly<Record<(typeof searchColumns)[number], string | null>>;

/** The user of a row. */
export function reviewedUser(row: ReviewRow): ReviewedUser['user'] {
  return {
    poolId: row.pool_id as PoolId,
    sub: row.sub as Sub,
    username: row.username,
    status: statusOf(row.state),
    attributes: JSON.parse(row.attributes) as User['attributes'],
    names: decodeNames(row.names),
    ...(row.yielded_names === null ? {} : { yieldedNames: decodeNames(row.yielded_names) }),
  };
}

/** Whether the search columns of the row hold what is written there today. */
export function isSearchable(row: ReviewRow, attributes: User['attributes']): boolean {
  return searchColumns.every((column) => row[column] === searched(attributes[column]));
}

/** The statement and parameters that write the search columns anew. */
export function searchUpdate(user: User): { text: string; params: SqlValue[] } {
  return {
    text: `UPDATE users SET ${searchColumns.map((column) => `${column} = ?`).join(', ')} WHERE pool_id = ? AND sub = ?`,
    params: [...searchColumns.map((column) => encode[column](user)), user.poolId, user.sub],
  };
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

/** Names stand in the user's row too, short: one letter for the kind, then the key. */
export function encodeNames(names: readonly SignInName[]): string {
  return JSON.stringify(names.map(({ kind, key }) => letterOf[kind] + key));
}

/** Reads what {@link encodeNames} wrote. */
export function decodeNames(text: string): SignInName[] {
  return (JSON.parse(text) as string[]).map((name) => ({
    kind: kindOf.get(name.charAt(0)) ?? 'username',
    key: name.slice(1),
  }));
}
