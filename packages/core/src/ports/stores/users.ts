import type { PoolId, Sub } from '../../domain/ids.ts';
import type { SignInNameKind, User } from '../../domain/users/user.ts';
import type { Page } from './page.ts';
import type { DeletionStep } from './pools.ts';

/** Identifies a user. */
export interface UserRef {
  readonly poolId: PoolId;
  readonly sub: Sub;
}

/** The name of the job that removes the many tokens of a deleted user. */
export const deletionOfUser = ({ poolId, sub }: UserRef): string => `delete-user ${poolId} ${sub}`;

/** The result of a change: done, refused by the change itself, no such user, or a sign-in name that belongs to another user. */
export type UserChange<Refusal> =
  | { readonly kind: 'changed'; readonly user: User }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'missing' }
  | { readonly kind: 'name-taken'; readonly nameKind: SignInNameKind };

/** Attributes that ListUsers can filter by; all but `username`, `status` and `sub` ignore case (behaviour.md 10). */
export type SearchAttribute =
  | 'username'
  | 'email'
  | 'phone_number'
  | 'name'
  | 'given_name'
  | 'family_name'
  | 'preferred_username'
  | 'cognito:user_status'
  | 'status'
  | 'sub';

/** One condition of ListUsers. For `status` the value is `Enabled` or `Disabled`. */
export interface UserFilter {
  readonly attribute: SearchAttribute;
  readonly match: 'equals' | 'starts-with';
  readonly value: string;
}

/** A {@link UserFilter} by status or enabled state. */
export type StateFilter = UserFilter & { readonly attribute: 'status' | 'cognito:user_status' };

/** A reserved password attempt, for giving it back. */
export interface PasswordAttempt {
  readonly atMs: number;
  /** When the previous attempt was, if one is remembered. */
  readonly formerAtMs: number | undefined;
  /** Which count it belongs to: a success, or a new password, starts another. */
  readonly run: number;
}

/** What a list shows: everything about a user except secrets. */
export type ListedUser = Pick<
  User,
  'sub' | 'username' | 'status' | 'enabled' | 'attributes' | 'createdAtMs' | 'modifiedAtMs'
> & {
  /** When tokens were last issued for a sign-in; 0 for never. Absent if unknown, because it was before this was recorded. */
  readonly lastSignInAtMs?: number;
};

/**
 * An order in which to browse users. The title is what a user is called: the user name, ignoring case within ASCII; if that is the `sub`,
 * the email address, or else the phone number, or else the `sub`. With `created`, `only` restricts the list to a status, or to users who
 * are enabled or disabled.
 */
export type UserOrder =
  | { readonly by: 'title'; readonly descending: boolean }
  | {
      readonly by: 'created';
      readonly descending: boolean;
      readonly only?: StateFilter;
    };

/** The sealed columns of a user. */
export type UserSecrets = Pick<
  User,
  | 'sub'
  | 'sealedPassword'
  | 'sealedSrp'
  | 'sealedHistory'
  | 'sealedSoftwareToken'
  | 'sealedNextSoftwareToken'
>;

/**
 * Users with their sign-in names. Reads see every acknowledged write, on every node.
 * Every list costs the same at any depth and for any pool size.
 */
export interface UserStore {
  /** Inserts the user and its names, or says which kind of name is taken. */
  create(
    user: User,
  ): Promise<
    | { readonly kind: 'created' }
    | { readonly kind: 'name-taken'; readonly nameKind: SignInNameKind }
  >;
  /**
   * Inserts users of one pool with their names, as `create` would one after the other, with few statements; says for each which kind of name
   * is taken, `undefined` if it was created.
   */
  createAll(
    poolId: PoolId,
    users: readonly User[],
  ): Promise<readonly (SignInNameKind | undefined)[]>;
  bySub(ref: UserRef): Promise<User | undefined>;
  /** In a transaction: the user as it is now, and stays until the transaction ends; other changes of it wait. */
  lockForUpdate(ref: UserRef): Promise<User | undefined>;
  /** The user that holds the sign-in name. `key` is already in its compared form. */
  byName(poolId: PoolId, key: string): Promise<User | undefined>;
  /**
   * Reads the user under a lock, applies the pure function `change`, and writes the result with its names,
   * all or nothing. `change` returns `{ refusal }` to leave everything as it is.
   */
  change<Refusal = never>(
    ref: UserRef,
    change: (current: User) => User | { readonly refusal: Refusal },
  ): Promise<UserChange<Refusal>>;
  /**
   * Removes the user with names, codes, sessions and group memberships. The job that this adds, {@link deletionOfUser}, removes the rows of
   * users with many sessions, which are invalid immediately.
   */
  delete(ref: UserRef, nowMs: number): Promise<boolean>;
  /** Removes up to `limit` more rows of a deletion; returns `gone` if none are left. */
  carryOutDeletion(ref: UserRef, limit: number): Promise<DeletionStep>;
  /** Matching users, in order of `sub` (or of the filtered attribute, then of arrival). `after` is opaque to callers. */
  list(
    poolId: PoolId,
    limit: number,
    filter?: UserFilter,
    after?: readonly string[],
  ): Promise<Page<ListedUser, readonly string[]>>;
  /** Users in an order for browsing, which {@link list} does not offer. `after` is opaque to callers. */
  inOrder(
    poolId: PoolId,
    limit: number,
    order: UserOrder,
    after?: readonly string[],
  ): Promise<Page<ListedUser, readonly string[]>>;
  /**
   * Reserves one password attempt before the password is checked, in one atomic step, so that parallel attempts cannot outrun the lock. It
   * counts one more failed attempt (starting from one if `lastFailedAtMs` is 15 minutes or more ago) and, if `lockMs(count)` is above 0,
   * sets a lock of that length. Returns `undefined`, and changes nothing, while a lock holds or if there is no such user. A lock that would
   * hold for more than a minute longer than `lockMs` says dates from before the clock was set back, and is ignored.
   */
  takePasswordAttempt(
    ref: UserRef,
    nowMs: number,
    lockMs: (failedAttempts: number) => number,
  ): Promise<PasswordAttempt | undefined>;
  /**
   * Gives a reserved attempt back, once, if no password was found wrong: count, time and lock become what they would be without it. Other
   * attempts stay, including those after a success or a new password; if the count has been reset since, nothing happens.
   */
  giveBackPasswordAttempt(
    ref: UserRef,
    attempt: PasswordAttempt,
    lockMs: (failedAttempts: number) => number,
  ): Promise<void>;
  /**
   * Replaces the stored form of a password by another form of the same password, and adds an SRP verifier where the user has none; only if it is still
   * `former`. Nothing else about the user changes, not even the modification time.
   */
  restatePassword(
    ref: UserRef,
    former: string,
    fresh: Pick<User, 'sealedPassword' | 'sealedSrp'>,
  ): Promise<boolean>;
  /** Clears the failures after a success. Does nothing if there are none. */
  clearFailedAttempts(ref: UserRef): Promise<void>;
  /** Clears the failures too, and records the time as the user's last sign-in, in a single write. */
  noteSignIn(ref: UserRef, nowMs: number): Promise<void>;
  /**
   * Removes the SRP verifiers of the pool's next users, at most `limit`, unless an app client allows SRP; returns where to continue, or
   * `undefined` if nothing is left to do.
   */
  dropSrpVerifiers(poolId: PoolId, limit: number, after: string): Promise<string | undefined>;
  /**
   * Replaces the secrets of the pool's next users, at most `limit`, with what the pure function `reseal` returns; returns where to
   * continue, or `undefined` if nothing is left to do. Nothing else about a user changes, not even the modification time.
   */
  reseal(
    poolId: PoolId,
    limit: number,
    after: string,
    reseal: (secrets: UserSecrets) => UserSecrets,
  ): Promise<string | undefined>;
}
