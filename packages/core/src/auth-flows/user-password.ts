import type { InitiateAuthResponse } from '@poolhouse/model';
import { requireSecretHash } from '../directory/pools/client-secret.ts';
import { giveBackGuess, takeGuess } from '../directory/guesses.ts';
import { findUser } from '../directory/users/find-user.ts';
import {
  nobodyCalled,
  requireNobodyUnlocked,
  takeAttemptAtNobody,
} from '../directory/users/nobody.ts';
import { missingVerifier, passwordMatches } from '../directory/passwords/password.ts';
import { requireUnlocked, takePasswordAttempt } from '../directory/passwords/password-attempt.ts';
import { hidesUsers } from '../domain/clients/user-existence.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import type { Cx } from '../operation.ts';
import type { SignInStore } from '../tokens/sign-in.ts';
import { afterPassword, type AfterPasswordError } from './after-password.ts';
import { requireParameter, type SignInRequest } from './request.ts';

type PasswordError =
  | AfterPasswordError
  | 'InvalidParameterException'
  | 'TooManyRequestsException'
  | 'UnsupportedOperationException'
  | 'UserNotFoundException';

/** USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH and ADMIN_NO_SRP_AUTH. Source: behaviour.md 6.1. */
export async function signInByPassword(
  cx: Cx<PasswordError, SignInStore>,
  request: SignInRequest,
): Promise<InitiateAuthResponse> {
  const { pool, client, parameters } = request;
  const username = requireParameter(cx, parameters, 'USERNAME');
  const password = requireParameter(cx, parameters, 'PASSWORD');
  await requireSecretHash(cx, client, username, parameters['SECRET_HASH']);
  takeGuess(cx, client);
  const user = await findUser(cx, pool, username);
  if (user === undefined) return refuseUnknown(cx, request, username, password);
  requireUnlocked(cx, user);
  // Where the client hides who exists, only who knows the password is told.
  if (!user.enabled && !hidesUsers(client)) {
    cx.fail('NotAuthorizedException', messages.userDisabled);
  }
  await requirePassword(cx, user, password);
  giveBackGuess(cx, client);
  const sealedSrp = await missingVerifier(cx, pool, user, password);
  return afterPassword(cx, { pool, client, user, sealedSrp }, () =>
    cx.fail('UnsupportedOperationException', messages.mfaNotBuilt),
  );
}

/** Does all that a wrong password of a user does before it says that there is nobody (security.md B09, S12). */
async function refuseUnknown(
  cx: Cx<'NotAuthorizedException' | 'UserNotFoundException', 'limits'>,
  { pool, client }: SignInRequest,
  username: string,
  password: string,
): Promise<never> {
  if (hidesUsers(client)) {
    const nobody = await nobodyCalled(cx, pool, username);
    await requireNobodyUnlocked(cx, pool, nobody);
    await takeAttemptAtNobody(cx, pool, nobody);
  }
  await cx.world.hasher.verifyNothing(password);
  cx.world.figures.count(pool.id, 'sign-in-failure');
  return hidesUsers(client)
    ? cx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword)
    : cx.fail('UserNotFoundException', messages.userNotFound);
}

async function requirePassword(
  cx: Cx<'NotAuthorizedException', 'users'>,
  user: User,
  password: string,
): Promise<void> {
  await takePasswordAttempt(cx, user);
  if (!(await passwordMatches(cx, user, password))) {
    cx.world.figures.count(user.poolId, 'sign-in-failure');
    cx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword);
  }
}
