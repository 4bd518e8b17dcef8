import type { Pool } from '../domain/pools/pool.ts';
import { renewedUser } from '../domain/users/renewed-user.ts';
import { nameKey, usesAddressesAsNames } from '../domain/users/sign-in-names.ts';
import type { User } from '../domain/users/user.ts';
import type { TransactionContext } from '../operation.ts';
import { refOf } from './find-user.ts';

/**
 * Takes a verified alias from whoever else holds it, for ForceAliasCreation: the former holder keeps the value, but unverified, so that it
 * no longer is a sign-in name. User names never move. Source: behaviour.md 5.3.
 */
export async function releaseAlias(
  ctx: TransactionContext<never, 'users'>,
  pool: Pool,
  attribute: 'email' | 'phone_number',
  value: string,
  heir: User['sub'],
): Promise<void> {
  if (usesAddressesAsNames(pool)) return;
  const key = nameKey(pool, value);
  const holder = await ctx.stores.users.byName(pool.id, key);
  if (holder === undefined || holder.sub === heir) return;
  await ctx.stores.users.change(refOf(holder), (current) => {
    const held = current.attributes[attribute];
    if (held === undefined || nameKey(pool, held) !== key) return { refusal: 'not an alias' };
    const attributes = { ...current.attributes, [`${attribute}_verified`]: 'false' };
    return renewedUser(pool, { ...current, attributes }, ctx.nowMs);
  });
}
