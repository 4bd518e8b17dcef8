import type { Pool } from '../pools/pool.ts';
import {
  isSameName,
  isVerified,
  nameKey,
  ownNames,
  signInNames,
  type NamedUser,
} from './sign-in-names.ts';
import type { SignInName, User } from './user.ts';
import { aliasFormOf } from './username-form.ts';

/** Whether a user's record, possibly written by an older build, has the names that follow from today's keys. */
export function isSettled(pool: Pool, user: NamedUser & Pick<User, 'names'>): boolean {
  const wanted = signInNames(pool, user);
  const isHeld = (name: SignInName) => user.names.some((held) => isSameName(held, name));
  return (
    wanted.every((name) => isHeld(name) && !isForged(pool, name)) &&
    user.names.every(
      ({ key }) => wanted.some((name) => name.key === key) || isOfOlderBuild(pool, key),
    )
  );
}

/** Whether a name that is not a verified address could be taken for one, and so keeps the address from its owner. */
export function isForged(pool: Pool, { kind, key }: SignInName): boolean {
  const isProved = kind === 'email' || kind === 'phone_number';
  return !isProved && aliasFormOf(pool, key) !== undefined;
}

/**
 * The user's record without the names that it yields. An older build's keys stay beside today's, which are never equal to one of them,
 * until the user changes: nodes of that build find the user by them.
 */
export function settled(pool: Pool, user: User, yielded: readonly SignInName[]): User {
  const next = { ...user, yieldedNames: yielded.length === 0 ? undefined : yielded };
  const former = user.names.filter(({ key }) => isOfOlderBuild(pool, key));
  return { ...next, names: [...signInNames(pool, next), ...former] };
}

/** If two users' texts have the same key, whether the first keeps it. Exactly one of the two does. */
export function keepsName(pool: Pool, key: string, one: User, other: User): boolean {
  const ranks = [rankOf(pool, key, one), rankOf(pool, key, other)] as const;
  for (const [at, rank] of ranks[0].entries()) {
    const against = ranks[1][at] ?? 0;
    if (rank !== against) return rank > against;
  }
  return one.sub < other.sub;
}

/** First whoever typed the name as its key; then whoever has verified it; then whoever was there first. */
function rankOf(pool: Pool, key: string, user: User): readonly number[] {
  const own = ownNames(pool, user).filter((name) => name.key === key && !isForged(pool, name));
  const isTyped = own.some(({ kind }) => textOf(user, kind) === key);
  const isProved = own.some(({ kind }) =>
    kind === 'email' || kind === 'phone_number'
      ? isVerified(user, kind)
      : user.status !== 'UNCONFIRMED',
  );
  return [Number(own.length > 0), Number(isTyped), Number(isProved), -user.createdAtMs];
}

function textOf(user: User, kind: SignInName['kind']): string | undefined {
  return kind === 'username' ? user.username : user.attributes[kind];
}

function isOfOlderBuild(pool: Pool, key: string): boolean {
  return nameKey(pool, key) !== key;
}
