import type { ErrorOf, InputOf } from '@poolhouse/model';
import { refOf } from '../../directory/users/find-user.ts';
import { takePermitToTry } from '../../directory/limits.ts';
import { takePasswordAttempt } from '../../directory/passwords/password-attempt.ts';
import {
  isSamePassword,
  passwordMatches,
  requireNewPassword,
  requirePolicy,
  sealPassword,
  type SealedPassword,
} from '../../directory/passwords/password.ts';
import { replacePassword } from '../../directory/passwords/replace-password.ts';
import { onTrial, type Trial } from '../../directory/trial.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { messages } from '../../domain/texts.ts';
import type { User } from '../../domain/users/user.ts';
import { operation, type Cx } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';

/**
 * Lets a signed-in user choose a new password. The sign-in that asks stays; all others end, unless the pool keeps them. A wrong previous password
 * counts like one at sign-in. Source: behaviour.md 5.7, 6.2; security.md S12.
 */
export const changePassword = operation('ChangePassword', {
  needs: ['pools', 'clients', 'users', 'codes', 'limits', 'tokenFamilies'],
  async run(cx, input) {
    const { pool, user, familyId } = await requireSignedIn(cx, input.AccessToken);
    const sealed = await onTrial(cx, (trial) => checkedPassword(cx, trial, { pool, user }, input));
    const done = await cx.atomically((tx) =>
      replacePassword(tx, {
        pool,
        user,
        sealed,
        sessionsThatGoOn: pool.settings.ChangePasswordKeepsSessions ? 'all' : { familyId },
        change: (current) =>
          mayChange(current, user) ? current : { refusal: 'changed meanwhile' },
      }),
    );
    if (done.kind === 'changed') return {};
    // Somebody else changed the password or disabled the user while this one was hashed.
    return cx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword);
  },
});

/** The new password, sealed, once the old one and everything else is found right. */
async function checkedPassword(
  cx: Cx<ErrorOf<'ChangePassword'>, 'users' | 'limits'>,
  trial: Trial,
  { pool, user }: { readonly pool: Pool; readonly user: User },
  input: InputOf<'ChangePassword'>,
): Promise<SealedPassword> {
  await takePermitToTry(cx, trial, pool.id, user.sub, 'ChangePassword');
  requireState(cx, user);
  requirePolicy(cx, pool, input.ProposedPassword);
  await requirePrevious(cx, trial, user, input.PreviousPassword);
  await requireNewPassword(cx, pool, user, input.ProposedPassword);
  return sealPassword(cx, pool, user, input.ProposedPassword);
}

/** Whether what was checked before the hash still holds. */
function mayChange(current: User, checked: User): boolean {
  return current.enabled && current.status === 'CONFIRMED' && isSamePassword(current, checked);
}

function requireState(
  cx: Cx<
    'UserNotConfirmedException' | 'PasswordResetRequiredException' | 'NotAuthorizedException',
    never
  >,
  { status }: User,
): void {
  if (status === 'UNCONFIRMED') cx.fail('UserNotConfirmedException', messages.userNotConfirmed);
  if (status === 'RESET_REQUIRED') {
    cx.fail('PasswordResetRequiredException', messages.passwordResetRequired);
  }
  // A temporary password is replaced at sign-in, which asks for more than a password; federated users have none.
  if (status !== 'CONFIRMED') cx.fail('NotAuthorizedException', messages.notResettable); // [unsure]
}

/** Only users without a password may leave the previous one out. Source: API model, ChangePasswordRequest. */
async function requirePrevious(
  cx: Cx<'InvalidParameterException' | 'NotAuthorizedException', 'users'>,
  trial: Trial,
  user: User,
  previous: string | undefined,
): Promise<void> {
  if (previous === undefined) {
    if (user.sealedPassword === undefined) return;
    return cx.fail('InvalidParameterException', messages.memberMissing('previousPassword'));
  }
  await takePasswordAttempt(cx, trial, user);
  if (await passwordMatches(cx, user, previous)) {
    // Right is right, even if the new password is refused after this.
    return cx.stores.users.clearFailedAttempts(refOf(user));
  }
  trial.foundWrong();
  cx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword);
}
