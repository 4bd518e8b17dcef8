import type { PoolId, Sub } from '../../domain/ids.ts';
import type { User } from '../../domain/users/user.ts';
import type { UserRef } from './users.ts';

/** A pool of which not all users' names have been reviewed. */
export interface PoolToReview {
  readonly poolId: PoolId;
  /** The last user who has been; nobody yet where it is absent. */
  readonly after?: Sub;
}

/** A user as far as a review looks at it. */
export interface ReviewedUser {
  readonly user: Pick<
    User,
    'poolId' | 'sub' | 'username' | 'status' | 'attributes' | 'names' | 'yieldedNames'
  >;
  /** Whether ListUsers finds the user by its values as it folds them today. */
  readonly isSearchable: boolean;
}

/** What a walk over users that an older build wrote needs, to give their names today's keys (ADR 10). */
export interface NameReviewStore {
  /** Pools that are not done, in order of id; none in a database that no older build has ever written to. */
  unfinishedPools(): Promise<readonly PoolToReview[]>;
  /** Pools that were done first at `sinceMs` or later; none in a database that no older build has ever written to. */
  poolsDoneSince(sinceMs: number): Promise<readonly PoolToReview[]>;
  /** The next `limit` users in order of `sub`. */
  slice(pool: PoolToReview, limit: number): Promise<readonly ReviewedUser[]>;
  /** Makes ListUsers find the user by its values as it folds them today. */
  makeSearchable(ref: UserRef): Promise<void>;
  /** Keeps how far the pool is, or that it is done. */
  note(pool: PoolToReview | { readonly poolId: PoolId; readonly doneAtMs: number }): Promise<void>;
  /** The next `limit` users, of all pools, who yield a name to another. */
  yielding(limit: number, after?: UserRef): Promise<readonly UserRef[]>;
}
