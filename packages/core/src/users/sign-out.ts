import type { User } from '../domain/users/user.ts';
import type { OperationContext } from '../operation.ts';
import { refOf } from './find-user.ts';

/** Ends every sign-in of the user: all refresh tokens, and access tokens at our own API. Source: behaviour.md 7.4. */
export async function signOutEverywhere(
  ctx: OperationContext<never, 'users' | 'sessions'>,
  user: Pick<User, 'poolId' | 'sub'>,
): Promise<void> {
  await ctx.atomically(async (tx) => {
    await tx.stores.users.change(refOf(user), (now) => ({ ...now, signedOutAtMs: ctx.nowMs }));
    await tx.stores.sessions.revokeAllOf(refOf(user), ctx.nowMs);
  });
}
