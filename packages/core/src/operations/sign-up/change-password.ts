import type { ErrorOf, InputOf } from '@poolhouse/model';
import { refOf } from '../../users/find-user.ts';
import { takeAttemptFromBudget } from '../../limits/limits.ts';
import { takePasswordAttempt } from '../../passwords/password-attempt.ts';
import {
  isSamePassword,
  passwordMatches,
  requireNewPassword,
  requirePolicy,
  sealPassword,
  type SealedPassword,
} from '../../passwords/password.ts';
import { replacePassword } from '../../passwords/replace-password.ts';
import { onTrial, type Trial } from '../../limits/trial.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { messages } from '../../domain/texts.ts';
import type { User } from '../../domain/users/user.ts';
import { recordEvent } from '../../protection/record-event.ts';
import { tell } from '../../triggers/tell.ts';
import { operation, type OperationContext, type TransactionContext } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { requireFreshSignIn } from '../../tokens/fresh-sign-in.ts';

/**
 * Lets a signed-in user choose a new password. The sign-in that asks stays; all others end, unless the pool keeps them. A wrong previous password
 * counts like one at sign-in. Source: behaviour.md 5.7, 6.2; security.md S12.
 */
export const changePassword = operation('ChangePassword', {
  needs: ['pools', 'clients', 'users', 'codes', 'limits', 'sessions', 'authEvents'],
  async run(ctx, input) {
    const signedIn = await requireSignedIn(ctx, input.AccessToken);
    const { pool, client, user, sessionId } = signedIn;
    // A first password is a new way to sign in.
    if (user.sealedPassword === undefined) requireFreshSignIn(ctx, signedIn);
    const sealed = await onTrial(ctx, (trial) =>
      checkedPassword(ctx, trial, { pool, user }, input),
    );
    const done = await ctx.atomically((tx) =>
      replacePassword(tx, {
        pool,
        user,
        sealed,
        sessionsThatGoOn: pool.settings.ChangePasswordKeepsSessions ? 'all' : { sessionId },
        change: (current) =>
          mayChange(current, user) ? current : { refusal: 'changed meanwhile' },
      }),
    );
    if (done.kind !== 'changed') {
      // Somebody else changed the password or disabled the user while this one was hashed.
      return ctx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword);
    }
    tell(ctx, { kind: 'password-changed', pool, client, user });
    await recordEvent(ctx, { pool, client, kind: 'PasswordChange', about: user });
    return {};
  },
});

/** The new password, sealed, once the old one and everything else is found right. */
async function checkedPassword(
  ctx: OperationContext<ErrorOf<'ChangePassword'>, 'users' | 'limits'>,
  trial: Trial,
  { pool, user }: { readonly pool: Pool; readonly user: User },
  input: InputOf<'ChangePassword'>,
): Promise<SealedPassword> {
  await takeAttemptFromBudget(ctx, trial, pool.id, user.sub, 'ChangePassword');
  requireState(ctx, user);
  requirePolicy(ctx, pool, input.ProposedPassword);
  await requirePrevious(ctx, trial, user, input.PreviousPassword);
  await requireNewPassword(ctx, pool, user, input.ProposedPassword);
  return sealPassword(ctx, pool, user, input.ProposedPassword);
}

/** Whether what was checked before the hash still holds. */
function mayChange(current: User, checked: User): boolean {
  return current.enabled && current.status === 'CONFIRMED' && isSamePassword(current, checked);
}

function requireState(
  ctx: TransactionContext<
    'UserNotConfirmedException' | 'PasswordResetRequiredException' | 'NotAuthorizedException',
    never
  >,
  { status }: User,
): void {
  if (status === 'UNCONFIRMED') ctx.fail('UserNotConfirmedException', messages.userNotConfirmed);
  if (status === 'RESET_REQUIRED') {
    ctx.fail('PasswordResetRequiredException', messages.passwordResetRequired);
  }
  // A temporary password is replaced at sign-in, which asks for more than a password; federated users have none.
  if (status !== 'CONFIRMED') ctx.fail('NotAuthorizedException', messages.notResettable); // [unsure]
}

/** Only users without a password may leave the previous one out. Source: API model, ChangePasswordRequest. */
async function requirePrevious(
  ctx: OperationContext<'InvalidParameterException' | 'NotAuthorizedException', 'users'>,
  trial: Trial,
  user: User,
  previous: string | undefined,
): Promise<void> {
  if (previous === undefined) {
    if (user.sealedPassword === undefined) return;
    return ctx.fail('InvalidParameterException', messages.memberMissing('previousPassword'));
  }
  await takePasswordAttempt(ctx, trial, user);
  if (await passwordMatches(ctx, user, previous)) {
    // Right is right, even if the new password is refused after this.
    return ctx.stores.users.clearFailedAttempts(refOf(user));
  }
  trial.foundWrong();
  ctx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword);
}
