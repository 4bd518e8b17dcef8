import type { Pool } from '../domain/pools/pool.ts';
import { isForged, keepsName, settled } from '../domain/users/settled-names.ts';
import { ownNames } from '../domain/users/sign-in-names.ts';
import type { SignInName, User } from '../domain/users/user.ts';
import type { Stores, UserRef } from '../ports/stores/index.ts';

/**
 * Gives a user the names that follow from today's keys, in the caller's transaction. If two users have the same key, one keeps it and the
 * other yields it; nothing is merged. `false` if somebody took a name meanwhile: then try again.
 */
export async function settleNames(
  { users }: Pick<Stores, 'users'>,
  pool: Pool,
  ref: UserRef,
): Promise<boolean> {
  const user = await users.lockForUpdate(ref);
  if (user === undefined) return true;
  const yielded: SignInName[] = [];
  for (const name of ownNames(pool, user)) {
    if (isForged(pool, name) || !(await isToBeHad(users, pool, user, name))) yielded.push(name);
  }
  const done = await users.change(ref, (current) => settled(pool, current, yielded));
  return done.kind !== 'name-taken';
}

/** Whether the user gets the name, if necessary from another user who yields it. */
async function isToBeHad(
  users: Stores['users'],
  pool: Pool,
  user: User,
  name: SignInName,
): Promise<boolean> {
  const holder = await users.byName(pool.id, name.key);
  if (holder === undefined || holder.sub === user.sub) return true;
  if (!keepsName(pool, name.key, user, holder)) return false;
  await users.change(holder, (current) => {
    const own = ownNames(pool, current).filter(({ key }) => key === name.key);
    return settled(pool, current, [...(current.yieldedNames ?? []), ...own]);
  });
  return true;
}
