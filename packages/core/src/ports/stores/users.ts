import type { PoolId, Sub } from '../../domain/ids.ts';
import type { SignInNameKind, User } from '../../domain/users/user.ts';
import type { Page } from './page.ts';
import type { DeletionStep } from './pools.ts';

/** Which user. */
export interface UserRef {
  readonly poolId: PoolId;
  readonly sub: Sub;
}

/** The name of the job that removes the many tokens of a user who is deleted. */
export const deletionOfUser = ({ poolId, sub }: UserRef): string => `delete-user ${poolId} ${sub}`;

/** What became of a change: done, refused by the change itself, no such user, or a sign-in name is another's. */
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

/** A {@link UserFilter} of how users get in. */
export type StateFilter = UserFilter & { readonly attribute: 'status' | 'cognito:user_status' };

/** One reserved password attempt, for giving it back. */
export interface PasswordAttempt {
  readonly atMs: number;
  /** When the attempt before it was, if one is remembered. */
  readonly formerAtMs: number | undefined;
  /** Which count it belongs to: a success, or a new password, begins another. */
  readonly run: number;
}

/** The columns that a list shows: everything of a user but its secrets. */
export type ListedUser = Pick<
  User,
  'sub' | 'username' | 'status' | 'enabled' | 'attributes' | 'createdAtMs' | 'modifiedAtMs'
> & {
  /** When tokens were made for a sign-in last; 0 for never. Absent where nobody noted it: before this was noted. */
  readonly lastSignInAtMs?: number;
};

/**
 * An order to look through users in. The title is what a user goes by: the user name, whatever its case as far as ASCII goes; where that
 * is the `sub`, the email address, else the phone number, else the `sub`. By `created`, `only` narrows it to a status, or to those who
 * are enabled or not.
 */
export type UserOrder =
  | { readonly by: 'title'; readonly descending: boolean }
  | {
      readonly by: 'created';
      readonly descending: boolean;
      readonly only?: StateFilter;
    };

/** The sealed columns of a user. */
export type UserSecrets = Pick<User, 'sub' | 'sealedPassword' | 'sealedSrp' | 'sealedHistory'>;

/**
 * Users with their sign-in names. Reads see every acknowledged write, on every node.
 * Every list costs the same at any depth and for any pool size.
 */
export interface UserStore {
  /** Inserts the user and its names, or tells which name is taken already. */
  create(
    user: User,
  ): Promise<
    | { readonly kind: 'created' }
    | { readonly kind: 'name-taken'; readonly nameKind: SignInNameKind }
  >;
  bySub(ref: UserRef): Promise<User | undefined>;
  /** In a transaction: the user as it is now and stays until the transaction ends; other changes of it wait. */
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
   * Removes the user with names, codes, sessions and group memberships. Sessions beyond a hundred are dead from then on, and
   * removed by the job that this adds, {@link deletionOfUser}.
   */
  delete(ref: UserRef, nowMs: number): Promise<boolean>;
  /** Carries a deletion on by at most `limit` rows; `gone` when there are no more. */
  carryOutDeletion(ref: UserRef, limit: number): Promise<DeletionStep>;
  /** Users that match, in order of `sub` (or of the filtered attribute, then of arrival). `after` is opaque to callers. */
  list(
    poolId: PoolId,
    limit: number,
    filter?: UserFilter,
    after?: readonly string[],
  ): Promise<Page<ListedUser, readonly string[]>>;
  /** Users in an order that people look through, which {@link list} has none of. `after` is opaque to callers. */
  inOrder(
    poolId: PoolId,
    limit: number,
    order: UserOrder,
    after?: readonly string[],
  ): Promise<Page<ListedUser, readonly string[]>>;
  /**
   * Reserves one password attempt before the password is looked at, in one atomic step, so that parallel attempts
   * cannot outrun the lock: one more failed attempt (from one, if `lastFailedAtMs` lies 15 minutes or more back) and,
   * where `lockMs(count)` is above 0, a lock until then. `undefined`, and nothing changes, while a lock holds or without such a user.
   * A lock that would still hold for a minute longer than `lockMs` says is left from before the clock was set back, and holds nobody.
   */
  takePasswordAttempt(
    ref: UserRef,
    nowMs: number,
    lockMs: (failedAttempts: number) => number,
  ): Promise<PasswordAttempt | undefined>;
  /**
   * Gives a reserved attempt back, once, where no password was found wrong: count, time and lock become what they would be without
   * it. Attempts of others stay, those after a success or a new password too; where the count was forgotten since, nothing happens.
   */
  giveBackPasswordAttempt(
    ref: UserRef,
    attempt: PasswordAttempt,
    lockMs: (failedAttempts: number) => number,
  ): Promise<void>;
  /** Forgets failures after a success. Does nothing when there are none. */
  clearFailedAttempts(ref: UserRef): Promise<void>;
  /** Forgets failures as well, and notes the moment as the user's last sign-in: one write, not a second one. */
  noteSignIn(ref: UserRef, nowMs: number): Promise<void>;
  /**
   * Removes the SRP verifiers of the next users of the pool, at most `limit`, unless an app client allows SRP; answers where to go on,
   * or `undefined` when there is nothing left to do.
   */
  dropSrpVerifiers(poolId: PoolId, limit: number, after: string): Promise<string | undefined>;
  /**
   * Replaces the secrets of the next users of the pool, at most `limit`, by what the pure function `reseal` makes of them; answers
   * where to go on, or `undefined` when there is nothing left to do. Nothing else of a user changes, not even its modification time.
   */
  reseal(
    poolId: PoolId,
    limit: number,
    after: string,
    reseal: (secrets: UserSecrets) => UserSecrets,
  ): Promise<string | undefined>;
}
