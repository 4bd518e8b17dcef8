import type { InitiateAuthResponse } from '@poolhouse/model';
import { refOf } from '../directory/users/find-user.ts';
import { messages } from '../domain/texts.ts';
import { requiresMfa } from '../domain/pools/unbuilt-settings.ts';
import { tokenRefusal } from '../domain/tokens/token-gate.ts';
import type { Cx } from '../operation.ts';
import {
  completeSignIn,
  spendProof,
  type CompletedSignIn,
  type SignInStore,
} from '../tokens/sign-in.ts';
import { newPasswordRequired } from '../challenges/new-password-session.ts';

/** Errors that end a sign-in after its password was right. */
export type AfterPasswordError =
  | 'NotAuthorizedException'
  | 'PasswordResetRequiredException'
  | 'UnexpectedLambdaException'
  | 'UserNotConfirmedException';

/**
 * What follows a right password: the status decides between refusal, the next challenge, and tokens.
 * Source: behaviour.md 6.1, step 8, and 6.3 for the shape. `refuseMfa` ends a sign-in that needs a second factor.
 */
export async function afterPassword(
  cx: Cx<AfterPasswordError, SignInStore>,
  signIn: CompletedSignIn,
  refuseMfa: () => never,
): Promise<InitiateAuthResponse> {
  const factorMissing = async () => {
    if (!requiresMfa(signIn.pool)) return;
    await forgetFailures(cx, signIn);
    refuseMfa();
  };
  switch (tokenRefusal(signIn.user)) {
    case 'disabled':
      return cx.fail('NotAuthorizedException', messages.userDisabled);
    case 'unconfirmed':
      await forgetFailures(cx, signIn);
      return cx.fail('UserNotConfirmedException', messages.userNotConfirmed);
    case 'reset-required':
      await forgetFailures(cx, signIn);
      return cx.fail('PasswordResetRequiredException', messages.passwordResetRequired);
    case 'must-change-password': {
      const { temporaryPasswordExpiresAtMs: endMs } = signIn.user;
      if (endMs !== undefined && cx.nowMs >= endMs) {
        cx.fail('NotAuthorizedException', messages.temporaryPasswordExpired);
      }
      await factorMissing();
      await forgetFailures(cx, signIn);
      return newPasswordRequired(cx, signIn);
    }
    case undefined:
      await factorMissing();
      return {
        ChallengeParameters: {},
        AuthenticationResult: await completeSignIn(cx, signIn),
      };
  }
}

/** A proof that was seen on its way must not make failures forgotten again and again: it does so once. */
async function forgetFailures(
  cx: Cx<'NotAuthorizedException', 'users' | 'spentProofs'>,
  { user, proof }: CompletedSignIn,
): Promise<void> {
  await spendProof(cx, proof);
  await cx.stores.users.clearFailedAttempts(refOf(user));
}
