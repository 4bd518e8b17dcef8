import type { Pool } from '../pools/pool.ts';
import { signInNames } from './sign-in-names.ts';
import type { User } from './user.ts';

/** A changed user as it is stored: its sign-in names follow from the new record, and the change has a time. */
export function renewedUser(pool: Pool, next: User, nowMs: number): User {
  return { ...next, names: signInNames(pool, next), modifiedAtMs: nowMs };
}
