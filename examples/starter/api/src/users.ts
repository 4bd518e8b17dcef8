import type { Administrators, NewUser, PoolUser } from '@poolhouse/express/admin';
import { BadRequest } from './failure.ts';

const MOST_USERS = 50;

/** What the administrators' page shows of a user. */
export type ListedUser = Pick<
  PoolUser,
  'username' | 'email' | 'status' | 'enabled' | 'createdAt'
> & { readonly isAdmin: boolean };

/** The first users of the pool. */
export interface UserList {
  readonly users: readonly ListedUser[];
  /** There are further users in the pool. */
  readonly more: boolean;
}

/** Lists the first users of the pool. */
export async function userList(users: Administrators): Promise<UserList> {
  const admins = new Set<string>();
  for await (const { username } of users.listUsers({ group: 'admin' })) admins.add(username);
  const list: ListedUser[] = [];
  for await (const user of users.listUsers()) {
    if (list.length === MOST_USERS) return { users: list, more: true };
    list.push(listed(user, admins.has(user.username)));
  }
  return { users: list, more: false };
}

/** The groups of the pool that somebody can be put into. */
export async function groupList(users: Administrators): Promise<readonly string[]> {
  const groups: string[] = [];
  for await (const group of users.listGroups()) groups.push(group);
  return groups;
}

/** Only what the page shows leaves the API, whatever else the pool knows of a user. */
export function listed(user: PoolUser, isAdmin: boolean): ListedUser {
  const { username, email, status, enabled, createdAt } = user;
  return { username, email, status, enabled, createdAt, isAdmin };
}

/** Reads the user to be made from a request's body. Throws {@link BadRequest}. */
export function newUser(body: unknown): NewUser & { readonly groups: readonly string[] } {
  const { username, email, group } = (body ?? {}) as Record<string, unknown>;
  if (typeof username !== 'string' || !/^\S{1,128}$/.test(username)) {
    throw new BadRequest('username', 'Enter a user name of up to 128 characters, without spaces.');
  }
  if (typeof email !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw new BadRequest('email', 'Enter an email address: the invitation goes there.');
  }
  if (typeof group !== 'string' || !/^\S{0,128}$/.test(group)) {
    throw new BadRequest('group', 'Choose a group of the pool, or none.');
  }
  // An administrator vouches for the address, and the pool mails the temporary password to it.
  return { username, email, verified: true, groups: group === '' ? [] : [group] };
}
