import type { PoolId, Sub } from '../../domain/ids.ts';
import type { User } from '../../domain/users/user.ts';
import type { UserRef } from './users.ts';

/** A pool in which not all users' names have been reviewed. */
export interface PoolToReview {
  readonly poolId: PoolId;
  /** The last reviewed user; absent if there is none yet. */
  readonly after?: Sub;
}

/** The part of a user that a review reads. */
export interface ReviewedUser {
  readonly user: Pick<
    User,
    'poolId' | 'sub' | 'username' | 'status' | 'attributes' | 'names' | 'yieldedNames'
  >;
  /** Whether ListUsers finds the user by its values as they are folded today. */
  readonly isSearchable: boolean;
}

/** What the review of users that an older build wrote needs, to give their names today's keys (ADR 10). */
export interface NameReviewStore {
  /** Unfinished pools, in order of id; none in a database that no older build has ever written to. */
  unfinishedPools(): Promise<readonly PoolToReview[]>;
  /** Pools that were first finished at `sinceMs` or later; none in a database that no older build has ever written to. */
  poolsDoneSince(sinceMs: number): Promise<readonly PoolToReview[]>;
  /** The next `limit` users in order of `sub`. */
  slice(pool: PoolToReview, limit: number): Promise<readonly ReviewedUser[]>;
  /** Makes ListUsers find the user by its values as they are folded today. */
  makeSearchable(ref: UserRef): Promise<void>;
  /** Records how far the pool has come, or that it is done. */
  note(pool: PoolToReview | { readonly poolId: PoolId; readonly doneAtMs: number }): Promise<void>;
  /** The next `limit` users, of all pools, who yield a name to another. */
  yielding(limit: number, after?: UserRef): Promise<readonly UserRef[]>;
}
