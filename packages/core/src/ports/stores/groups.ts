import type { Group } from '../../domain/users/group.ts';
import type { PoolId, Sub } from '../../domain/ids.ts';
import type { Page } from './page.ts';
import type { ListedUser, UserRef } from './users.ts';

/** The name of the job that carries out the deletion of a large group. */
export const deletionOfGroup = (poolId: PoolId, name: string): string =>
  `delete-group ${poolId} ${name}`;

/** Groups and their members. */
export interface GroupStore {
  /** Inserts the group unless its name is taken in the pool. */
  createIfAbsent(group: Group): Promise<boolean>;
  get(poolId: PoolId, name: string): Promise<Group | undefined>;
  /** Applies `change` to the current record under a lock. */
  change(
    poolId: PoolId,
    name: string,
    change: (current: Group) => Group,
  ): Promise<Group | undefined>;
  /**
   * Removes the group and its memberships: they are absent on every node, and a group that is made again under its name has none of them.
   * If the group is large, the job that this adds, {@link deletionOfGroup}, removes the rows.
   */
  delete(poolId: PoolId, name: string, nowMs: number): Promise<boolean>;
  /**
   * Removes the memberships of a deleted group among the next `limit`, in order of `sub`; returns where to continue, or `undefined` if
   * nothing is left to do.
   */
  carryOutDeletion(
    poolId: PoolId,
    name: string,
    limit: number,
    after: string,
  ): Promise<string | undefined>;
  count(poolId: PoolId): Promise<number>;
  /** Groups of a pool by name. */
  list(poolId: PoolId, limit: number, after?: string): Promise<Page<Group, string>>;
  /** Adds the user to the group; `missing` if the group or the user does not exist; adding twice is not an error. */
  addMember(ref: UserRef, group: string, nowMs: number): Promise<'added' | 'missing'>;
  /** Removes the user; not an error if they are not a member. */
  removeMember(ref: UserRef, group: string): Promise<void>;
  /** All groups of a user (at most 100), by precedence (those without one last), then name. */
  ofUser(poolId: PoolId, sub: Sub): Promise<readonly Group[]>;
  /** Groups of a user by name, a page at a time. */
  listOfUser(ref: UserRef, limit: number, after?: string): Promise<Page<Group, string>>;
  /** Members of a group in order of `sub`. */
  members(
    poolId: PoolId,
    group: string,
    limit: number,
    after?: string,
  ): Promise<Page<ListedUser, string>>;
}
