import type { Pool } from '../pools/pool.ts';
import type { SignInName, User } from './user.ts';

/** Whether the pool tells `A@x` from `a@x`; pools made over the API do unless told otherwise (behaviour.md 3.1). */
export function isCaseSensitive(pool: Pool): boolean {
  return pool.settings.UsernameConfiguration?.CaseSensitive ?? true;
}

/** The form in which a typed name is compared. */
export function nameKey(pool: Pool, typed: string): string {
  return isCaseSensitive(pool) ? typed : typed.toLowerCase();
}

/** Whether people's addresses are their user names, so that the stored user name is the `sub`. */
export function usesAddressesAsNames(pool: Pool): boolean {
  return (pool.settings.UsernameAttributes?.length ?? 0) > 0;
}

/**
 * All names that find the user, as its record now stands. Addresses that are user names always count; aliases count
 * when verified, the preferred user name once the user is confirmed. Source: behaviour.md 5.5.
 */
export function signInNames(
  pool: Pool,
  user: Pick<User, 'username' | 'status' | 'attributes'>,
): readonly SignInName[] {
  const names: SignInName[] = [{ kind: 'username', key: nameKey(pool, user.username) }];
  const take = (kind: Exclude<SignInName['kind'], 'username'>) => {
    const value = user.attributes[kind];
    const key = value && nameKey(pool, value);
    if (key && !names.some((name) => name.key === key)) names.push({ kind, key });
  };
  for (const kind of pool.settings.UsernameAttributes ?? []) take(kind);
  for (const kind of pool.settings.AliasAttributes ?? []) {
    if (kind === 'preferred_username' ? user.status !== 'UNCONFIRMED' : isVerified(user, kind)) {
      take(kind);
    }
  }
  return names;
}

/** Whether the user has proved the address. */
export function isVerified(
  user: Pick<User, 'attributes'>,
  attribute: 'email' | 'phone_number',
): boolean {
  return user.attributes[`${attribute}_verified`] === 'true';
}
