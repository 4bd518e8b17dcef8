import { isEmailAddress, isPhoneNumber } from '@poolhouse/rules';
import type { Pool } from '../pools/pool.ts';
import { messages } from '../texts.ts';
import { nameKey } from './sign-in-names.ts';

/** The attribute that a user name of this form stands for: an email address or a phone number, if the pool uses those as names. */
export function addressAttributeOf(
  pool: Pool,
  username: string,
): 'email' | 'phone_number' | undefined {
  const attributes = pool.settings.UsernameAttributes ?? [];
  if (attributes.includes('email') && isEmailAddress(username)) return 'email';
  if (attributes.includes('phone_number') && isPhoneNumber(username)) return 'phone_number';
  return undefined;
}

/** The alias whose form a key has: only the attribute that proves the address may lead to such a key. */
export function aliasFormOf(pool: Pool, key: string): 'email' | 'phone_number' | undefined {
  const aliases = pool.settings.AliasAttributes ?? [];
  if (aliases.includes('email') && isEmailAddress(key)) return 'email';
  if (aliases.includes('phone_number') && isPhoneNumber(key)) return 'phone_number';
  return undefined;
}

/** Line breaks, other control characters, lone surrogates, and what Unicode has not assigned, because its folding is not known yet. */
const noText = /[\p{Cc}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;
/** In UTF-16 units. One character may fold to eighteen, and an index entry of PostgreSQL holds some 2,700 bytes. */
const LONGEST_KEY = 256;

/** Why a new name may not be this text, or `undefined`. Existing names stay. */
export function nameTextProblem(pool: Pool, typed: string): string | undefined {
  const key = nameKey(pool, typed);
  const isGood = key !== '' && key.length <= LONGEST_KEY && !noText.test(typed);
  return isGood ? undefined : messages.invalidName;
}

/**
 * Why a new user may not have this name, in the service's words, or `undefined`. It must be an address if the pool uses those as names, and
 * must not be one if they are aliases, so that a name never looks like somebody's address and is never compared as one. Source:
 * behaviour.md 5.2.
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
  switch (aliasFormOf(pool, nameKey(pool, username))) {
    case 'email':
      return 'Username cannot be of email format, since user pool is configured for email alias.';
    case 'phone_number':
      // [unsure], by analogy
      return 'Username cannot be of phone number format, since user pool is configured for phone number alias.';
    case undefined:
      return nameTextProblem(pool, username);
  }
}
