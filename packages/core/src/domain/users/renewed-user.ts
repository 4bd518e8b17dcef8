import type { Pool } from '../pools/pool.ts';
import { isSameName, ownNames, signInNames } from './sign-in-names.ts';
import type { User } from './user.ts';

/** A changed user as it is stored: its sign-in names follow from the new record, and its modification time is set. */
export function renewedUser(pool: Pool, next: User, nowMs: number): User {
  const user = { ...next, yieldedNames: stillYielded(pool, next), modifiedAtMs: nowMs };
  return { ...user, names: signInNames(pool, user) };
}

/** A yielded name that the user's record no longer contains is given up; if it comes back, it has to be free. */
function stillYielded(pool: Pool, user: User): User['yieldedNames'] {
  if (user.yieldedNames === undefined) return undefined;
  const own = ownNames(pool, user);
  const yielded = user.yieldedNames.filter((name) => own.some((one) => isSameName(one, name)));
  return yielded.length === 0 ? undefined : yielded;
}
