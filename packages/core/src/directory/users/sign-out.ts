import type { User } from '../../domain/users/user.ts';
import type { Cx } from '../../operation.ts';
import { refOf } from './find-user.ts';

/** Ends every sign-in of the user: all refresh tokens, and access tokens at our own API. Source: behaviour.md 7.4. */
export async function signOutEverywhere(
  cx: Cx<never, 'users' | 'tokenFamilies'>,
  user: Pick<User, 'poolId' | 'sub'>,
): Promise<void> {
  await cx.atomically(async (tx) => {
    await tx.stores.users.change(refOf(user), (now) => ({ ...now, signedOutAtMs: cx.nowMs }));
    await tx.stores.tokenFamilies.revokeAllOf(refOf(user), cx.nowMs);
  });
}
