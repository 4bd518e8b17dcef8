import type { Pool } from '../pools/pool.ts';
import { isSameName, ownNames, signInNames } from './sign-in-names.ts';
import type { User } from './user.ts';

/** A changed user as it is stored: its sign-in names follow from the new record, and the change has a time. */
export function renewedUser(pool: Pool, next: User, nowMs: number): User {
  const user = { ...next, yieldedNames: stillYielded(pool, next), modifiedAtMs: nowMs };
  return { ...user, names: signInNames(pool, user) };
}

/** A name that no text of the user stands for any more is not waited for; if it comes back, it has to be free. */
function stillYielded(pool: Pool, user: User): User['yieldedNames'] {
  if (user.yieldedNames === undefined) return undefined;
  const own = ownNames(pool, user);
  const yielded = user.yieldedNames.filter((name) => own.some((one) => isSameName(one, name)));
  return yielded.length === 0 ? undefined : yielded;
}
