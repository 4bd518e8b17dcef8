import type { Pool } from '../pools/pool.ts';
import { withoutMethod } from './mfa-preference.ts';
import { isSameName, ownNames, signInNames } from './sign-in-names.ts';
import type { User } from './user.ts';

/**
 * A changed user as it is stored: its sign-in names follow from the new record, and its modification time is set. Codes to an address that is
 * gone are no factor any more: one that is set later has to be turned on anew [unsure].
 */
export function renewedUser(pool: Pool, next: User, nowMs: number): User {
  const yieldedNames = stillYielded(pool, next);
  const user = { ...next, mfa: stillAnswerable(next), yieldedNames, modifiedAtMs: nowMs };
  return { ...user, names: signInNames(pool, user) };
}

/** A yielded name that the user's record no longer contains is given up; if it comes back, it has to be free. */
function stillYielded(pool: Pool, user: User): User['yieldedNames'] {
  if (user.yieldedNames === undefined) return undefined;
  const own = ownNames(pool, user);
  const yielded = user.yieldedNames.filter((name) => own.some((one) => isSameName(one, name)));
  return yielded.length === 0 ? undefined : yielded;
}

function stillAnswerable({ attributes, mfa }: User): User['mfa'] {
  const withEmail = attributes['email'] ? mfa : withoutMethod(mfa, 'EMAIL_OTP');
  return attributes['phone_number'] ? withEmail : withoutMethod(withEmail, 'SMS_MFA');
}
