import { canonicalName } from '@poolhouse/rules';
import type { Pool } from '../pools/pool.ts';
import type { SignInName, User } from './user.ts';

/** Whether the pool distinguishes `A@x` from `a@x`; pools created through the API do by default (behaviour.md 3.1). */
export function isCaseSensitive(pool: Pool): boolean {
  return pool.settings.UsernameConfiguration?.CaseSensitive ?? true;
}

/** The form in which a typed name or address is compared, checked and looked up: the only way to the rule (ADR 10). */
export function nameKey(pool: Pool, typed: string): string {
  return canonicalName(typed, { ignoresCase: !isCaseSensitive(pool) });
}

/** Whether addresses are the user names, so that the stored user name is the `sub`. */
export function usesAddressesAsNames(pool: Pool): boolean {
  return (pool.settings.UsernameAttributes?.length ?? 0) > 0;
}

/** The part of a user that determines its sign-in names. */
export type NamedUser = Pick<User, 'sub' | 'username' | 'status' | 'attributes' | 'yieldedNames'>;

/**
 * All names that find the user, from the record as it is now, without those that it yields. A user who yields the user name itself is found
 * by `sub` instead.
 */
export function signInNames(pool: Pool, user: NamedUser): readonly SignInName[] {
  const { yieldedNames = [] } = user;
  const names: SignInName[] = [];
  for (const name of ownNames(pool, user)) {
    const isYielded = yieldedNames.some((yielded) => isSameName(yielded, name));
    if (!isYielded && !names.some(({ key }) => key === name.key)) names.push(name);
  }
  const isNamed = yieldedNames.every(({ kind }) => kind !== 'username');
  return isNamed ? names : [{ kind: 'username', key: user.sub }, ...names];
}

/** Whether two names have the same kind and key. */
export function isSameName(one: SignInName, other: SignInName): boolean {
  return one.kind === other.kind && one.key === other.key;
}

/**
 * The names that follow from a user's texts, whoever holds them; some may have the same key. Addresses that are user names always count;
 * aliases count once verified, the preferred user name once the user is confirmed. Source: behaviour.md 5.5.
 */
export function ownNames(
  pool: Pool,
  user: Pick<User, 'username' | 'status' | 'attributes'>,
): readonly SignInName[] {
  const names: SignInName[] = [{ kind: 'username', key: nameKey(pool, user.username) }];
  const take = (kind: Exclude<SignInName['kind'], 'username'>) => {
    const value = user.attributes[kind];
    const key = value && nameKey(pool, value);
    if (key) names.push({ kind, key });
  };
  for (const kind of pool.settings.UsernameAttributes ?? []) take(kind);
  for (const kind of pool.settings.AliasAttributes ?? []) {
    if (kind === 'preferred_username' ? user.status !== 'UNCONFIRMED' : isVerified(user, kind)) {
      take(kind);
    }
  }
  return names;
}

/** Whether the user has verified the address. */
export function isVerified(
  user: Pick<User, 'attributes'>,
  attribute: 'email' | 'phone_number',
): boolean {
  return user.attributes[`${attribute}_verified`] === 'true';
}
