import { isLocked, lockMsAfter } from '../../domain/passwords/lockout.ts';
import { messages } from '../../domain/texts.ts';
import type { User } from '../../domain/users/user.ts';
import type { Cx } from '../../operation.ts';
import { refOf } from '../users/find-user.ts';

/** Refuses while a lock holds, without counting. Source: behaviour.md 6.2. */
export function requireUnlocked(cx: Cx<'NotAuthorizedException', never>, user: User): void {
  if (isLocked(user, cx.nowMs)) {
    cx.fail('NotAuthorizedException', messages.attemptsExceeded);
  }
}

/**
 * Takes one password attempt before the password is looked at: it counts as failed until the success clears it, so that
 * parallel guesses cannot outrun the lock (security.md F27, S12). Every path that checks a password starts here.
 */
export async function takePasswordAttempt(
  cx: Cx<'NotAuthorizedException', 'users'>,
  user: User,
): Promise<void> {
  const taken = await cx.stores.users.takePasswordAttempt(refOf(user), cx.nowMs, lockMsAfter);
  if (!taken) cx.fail('NotAuthorizedException', messages.attemptsExceeded);
}
