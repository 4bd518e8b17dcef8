import { lockMsAfter } from '../domain/passwords/lockout.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import type { TransactionContext } from '../operation.ts';
import type { Trial } from '../limits/trial.ts';
import { refOf } from '../users/find-user.ts';

/**
 * Takes one password attempt before the password is checked: it counts as failed until the success clears it or the trial gives it back, so
 * that parallel attempts cannot outrun the lock (security.md F27, S12). Every path that checks a password starts here.
 */
export async function takePasswordAttempt(
  ctx: TransactionContext<'NotAuthorizedException', 'users'>,
  trial: Trial,
  user: User,
): Promise<void> {
  const { users } = ctx.stores;
  const ref = refOf(user);
  const attempt =
    (await users.takePasswordAttempt(ref, ctx.nowMs, lockMsAfter)) ??
    ctx.fail('NotAuthorizedException', messages.attemptsExceeded);
  trial.stake({ giveBack: () => users.giveBackPasswordAttempt(ref, attempt, lockMsAfter) });
}
