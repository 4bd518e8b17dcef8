import { sub, type PoolId } from '../../domain/ids.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { nameKey } from '../../domain/users/sign-in-names.ts';
import { messages } from '../../domain/texts.ts';
import type { User } from '../../domain/users/user.ts';
import type { UserRef } from '../../ports/stores/users.ts';
import type { Cx } from '../../operation.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The user whom a typed name means: user name, active alias, or `sub`. Source: behaviour.md 5.5. */
export async function findUser(
  cx: Cx<never, 'users'>,
  pool: Pool,
  typed: string,
): Promise<User | undefined> {
  if (uuid.test(typed)) {
    // First, so that nobody is found instead by a name that looks like somebody else's `sub`.
    const known = await cx.stores.users.bySub({ poolId: pool.id, sub: sub(typed) });
    if (known !== undefined) return known;
  }
  return cx.stores.users.byName(pool.id, nameKey(pool, typed));
}

/** The user whom an administrator names, or the service's own error. Source: behaviour.md 5.4. */
export async function requireUser(
  cx: Cx<'UserNotFoundException', 'users'>,
  pool: Pool,
  typed: string,
): Promise<User> {
  return (
    (await findUser(cx, pool, typed)) ?? cx.fail('UserNotFoundException', messages.userNotFound)
  );
}

/** Names a user's row. */
export function refOf(user: { readonly poolId: PoolId; readonly sub: User['sub'] }): UserRef {
  return { poolId: user.poolId, sub: user.sub };
}
