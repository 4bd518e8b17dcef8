import { sub, type PoolId } from '../domain/ids.ts';
import type { AttributeValues } from '../domain/attributes/attribute-schema.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { foldText } from '@poolhouse/rules';
import { nameKey } from '../domain/users/sign-in-names.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import type { UserRef } from '../ports/stores/users.ts';
import type { TransactionContext } from '../operation.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The user who signs in, or proves something, under a typed name: a user name or an active alias. A `sub` counts only if it is the user
 * name. Source: behaviour.md 5.5; measured for USER_SRP_AUTH (UserNotFoundException), elsewhere by analogy.
 */
export async function findByName(
  ctx: Pick<TransactionContext<never, 'users'>, 'stores'>,
  pool: Pool,
  typed: string,
): Promise<User | undefined> {
  return ctx.stores.users.byName(pool.id, nameKey(pool, typed));
}

/** The user whom an administrator names, by `sub`, user name or active alias. Source: behaviour.md 5.4, 5.5. */
export async function findUser(
  ctx: TransactionContext<never, 'users'>,
  pool: Pool,
  typed: string,
): Promise<User | undefined> {
  const key = nameKey(pool, typed);
  // First, so that a name that looks like a user's `sub` cannot lead to somebody else.
  return (await bySub(ctx, pool, key)) ?? ctx.stores.users.byName(pool.id, key);
}

/**
 * Whether a new user may not have the name: it belongs to another user, or is another user's `sub` in any case or style, even if the pool
 * is case-sensitive. Cheap, and saves a hash; the insert decides.
 */
export async function isNameTaken(
  ctx: Pick<TransactionContext<never, 'users'>, 'stores'>,
  pool: Pool,
  typed: string,
): Promise<boolean> {
  const holder = (await bySub(ctx, pool, foldText(typed))) ?? (await findByName(ctx, pool, typed));
  return holder !== undefined;
}

/** Whether a name, in any case or style, could be a user's `sub`. */
export function hasFormOfSub(typed: string): boolean {
  return uuid.test(foldText(typed));
}

/** Whether the user would get a preferred user name for sign-in that is another user's `sub`, as in {@link isNameTaken}. */
export async function prefersAnothersSub(
  ctx: Pick<TransactionContext<never, 'users'>, 'stores'>,
  pool: Pool,
  user: Pick<User, 'sub'>,
  attributes: AttributeValues,
): Promise<boolean> {
  const preferred = attributes['preferred_username'];
  if (!preferred || !pool.settings.AliasAttributes?.includes('preferred_username')) return false;
  const holder = await bySub(ctx, pool, foldText(preferred));
  return holder !== undefined && holder.sub !== user.sub;
}

async function bySub(
  ctx: Pick<TransactionContext<never, 'users'>, 'stores'>,
  pool: Pool,
  text: string,
): Promise<User | undefined> {
  if (!uuid.test(text)) return undefined;
  return ctx.stores.users.bySub({ poolId: pool.id, sub: sub(text) });
}

/** The user whom an administrator names, or the service's own error. Source: behaviour.md 5.4. */
export async function requireUser(
  ctx: TransactionContext<'UserNotFoundException', 'users'>,
  pool: Pool,
  typed: string,
): Promise<User> {
  return (
    (await findUser(ctx, pool, typed)) ?? ctx.fail('UserNotFoundException', messages.userNotFound)
  );
}

/** Identifies a user's row. */
export function refOf(user: { readonly poolId: PoolId; readonly sub: User['sub'] }): UserRef {
  return { poolId: user.poolId, sub: user.sub };
}
