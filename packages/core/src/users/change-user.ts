import type { Pool } from '../domain/pools/pool.ts';
import { renewedUser } from '../domain/users/renewed-user.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import type { TransactionContext } from '../operation.ts';
import type { UserChange } from '../ports/stores/users.ts';
import { refOf } from './find-user.ts';

/**
 * Applies an administrator's change to the user's current record. `change` refuses with the text for the error. If the change activates a
 * sign-in name that belongs to another user, that is an invalid parameter (unsure).
 */
export async function changeUser(
  ctx: TransactionContext<
    'UserNotFoundException' | 'NotAuthorizedException' | 'InvalidParameterException',
    'users'
  >,
  pool: Pool,
  user: Pick<User, 'poolId' | 'sub'>,
  change: (current: User) => User | { readonly refusal: string },
): Promise<User> {
  const done = await ctx.stores.users.change<string>(refOf(user), (current) => {
    const next = change(current);
    return 'refusal' in next ? next : renewedUser(pool, next, ctx.nowMs);
  });
  return requireChanged(ctx, done);
}

/** The user after an administrator's change, or an error that says why there is none. */
export function requireChanged(
  ctx: TransactionContext<
    'UserNotFoundException' | 'NotAuthorizedException' | 'InvalidParameterException',
    never
  >,
  done: UserChange<string>,
): User {
  switch (done.kind) {
    case 'changed':
      return done.user;
    case 'missing':
      return ctx.fail('UserNotFoundException', messages.userNotFound);
    case 'refused':
      return ctx.fail('NotAuthorizedException', done.refusal);
    case 'name-taken':
      return ctx.fail('InvalidParameterException', messages.aliasTaken(done.nameKind));
  }
}
