import { isEmailAddress, isPhoneNumber } from '../attributes/address-form.ts';
import type { Pool } from '../pools/pool.ts';

/** The attribute that a user name of this form is: an email address or a phone number, where the pool uses those as names. */
export function addressAttributeOf(
  pool: Pool,
  username: string,
): 'email' | 'phone_number' | undefined {
  const attributes = pool.settings.UsernameAttributes ?? [];
  if (attributes.includes('email') && isEmailAddress(username)) return 'email';
  if (attributes.includes('phone_number') && isPhoneNumber(username)) return 'phone_number';
  return undefined;
}

/**
 * Why a new user may not have this name, in the service's words, or `undefined`. Addresses where the pool wants them;
 * none where they are aliases, so that a name never looks like somebody's address. Source: behaviour.md 5.2.
 */
export function usernameProblem(pool: Pool, username: string): string | undefined {
  const attributes = pool.settings.UsernameAttributes ?? [];
  if (attributes.length > 0) {
    if (addressAttributeOf(pool, username) !== undefined) return undefined;
    if (attributes.length > 1) return 'Username should be either an email or a phone number.';
    return attributes.includes('email')
      ? 'Username should be an email.'
      : 'Username should be a phone number.';
  }
  const aliases = pool.settings.AliasAttributes ?? [];
  if (aliases.includes('email') && isEmailAddress(username)) {
    return 'Username cannot be of email format, since user pool is configured for email alias.';
  }
  if (aliases.includes('phone_number') && isPhoneNumber(username)) {
    // [unsure], by analogy
    return 'Username cannot be of phone number format, since user pool is configured for phone number alias.';
  }
  return undefined;
}
