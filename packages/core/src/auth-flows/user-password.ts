import type { InitiateAuthResponse } from '@poolhouse/model';
import { requireSecretHash } from '../directory/pools/client-secret.ts';
import { takeGuess } from '../directory/guesses.ts';
import { onTrial, type Trial } from '../directory/trial.ts';
import { findByName } from '../directory/users/find-user.ts';
import {
  nobodyCalled,
  requireNobodyUnlocked,
  takeAttemptAtNobody,
} from '../directory/users/nobody.ts';
import { missingVerifier, passwordMatches } from '../directory/passwords/password.ts';
import { requireUnlocked, takePasswordAttempt } from '../directory/passwords/password-attempt.ts';
import { hidesUsers } from '../domain/clients/user-existence.ts';
import { messages } from '../domain/texts.ts';
import type { Cx } from '../operation.ts';
import type { SignInStore } from '../tokens/sign-in.ts';
import { afterPassword, type AfterPasswordError } from './after-password.ts';
import { requireConfirmed, requireParameter, type SignInRequest } from './request.ts';

type PasswordError =
  | AfterPasswordError
  | 'InvalidParameterException'
  | 'TooManyRequestsException'
  | 'UnsupportedOperationException'
  | 'UserNotFoundException';

/** What somebody typed. */
interface Typed {
  readonly username: string;
  readonly password: string;
}

/** USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH and ADMIN_NO_SRP_AUTH. Source: behaviour.md 6.1. */
export async function signInByPassword(
  cx: Cx<PasswordError, SignInStore>,
  request: SignInRequest,
): Promise<InitiateAuthResponse> {
  const { client, parameters } = request;
  const username = requireParameter(cx, parameters, 'USERNAME');
  const password = requireParameter(cx, parameters, 'PASSWORD');
  await requireSecretHash(cx, client, username, parameters['SECRET_HASH']);
  return onTrial(cx, (trial) => tryPassword(cx, trial, request, { username, password }));
}

async function tryPassword(
  cx: Cx<PasswordError, SignInStore>,
  trial: Trial,
  { pool, client }: SignInRequest,
  { username, password }: Typed,
): Promise<InitiateAuthResponse> {
  takeGuess(cx, trial, client);
  const user = await findByName(cx, pool, username);
  if (user === undefined) {
    return refuseUnknown(cx, trial, { pool, client }, { username, password });
  }
  requireUnlocked(cx, user);
  // Where the client hides who exists, only who knows the password is told.
  if (!user.enabled && !hidesUsers(client)) {
    cx.fail('NotAuthorizedException', messages.userDisabled);
  }
  requireConfirmed(cx, client, user);
  await takePasswordAttempt(cx, trial, user);
  if (!(await passwordMatches(cx, user, password))) {
    trial.foundWrong();
    cx.world.figures.count(pool.id, 'sign-in-failure');
    cx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword);
  }
  const sealedSrp = await missingVerifier(cx, pool, user, password);
  return afterPassword(cx, { pool, client, user, sealedSrp }, () =>
    cx.fail('UnsupportedOperationException', messages.mfaNotBuilt),
  );
}

/** Does all that a wrong password of a user does before it says that there is nobody (security.md B09, S12). */
async function refuseUnknown(
  cx: Cx<'NotAuthorizedException' | 'UserNotFoundException', 'limits'>,
  trial: Trial,
  { pool, client }: Pick<SignInRequest, 'pool' | 'client'>,
  { username, password }: Typed,
): Promise<never> {
  if (hidesUsers(client)) {
    const nobody = await nobodyCalled(cx, pool, username);
    await requireNobodyUnlocked(cx, pool, nobody);
    await takeAttemptAtNobody(cx, trial, pool, nobody);
  }
  await cx.world.hasher.verifyNothing(password, cx.order);
  trial.foundWrong();
  cx.world.figures.count(pool.id, 'sign-in-failure');
  return hidesUsers(client)
    ? cx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword)
    : cx.fail('UserNotFoundException', messages.userNotFound);
}
