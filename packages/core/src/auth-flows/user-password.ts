import type { InitiateAuthResponse } from '@poolhouse/model';
import { requireSecretHash } from '../directory/pools/client-secret.ts';
import { findUser } from '../directory/users/find-user.ts';
import { missingVerifier, passwordMatches } from '../directory/passwords/password.ts';
import { requireUnlocked, takePasswordAttempt } from '../directory/passwords/password-attempt.ts';
import { hidesUsers } from '../domain/clients/user-existence.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import type { Cx } from '../operation.ts';
import type { SignInStore } from '../tokens/sign-in.ts';
import { afterPassword, type AfterPasswordError } from './after-password.ts';
import { requireParameter, type SignInRequest } from './request.ts';

type PasswordError = AfterPasswordError | 'InvalidParameterException' | 'UserNotFoundException';

/** USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH and ADMIN_NO_SRP_AUTH. Source: behaviour.md 6.1. */
export async function signInByPassword(
  cx: Cx<PasswordError, SignInStore>,
  request: SignInRequest,
): Promise<InitiateAuthResponse> {
  const { pool, client, parameters } = request;
  const username = requireParameter(cx, parameters, 'USERNAME');
  const password = requireParameter(cx, parameters, 'PASSWORD');
  await requireSecretHash(cx, client, username, parameters['SECRET_HASH']);
  const user = await findUser(cx, pool, username);
  if (user === undefined) return refuseUnknown(cx, request, password);
  requireUnlocked(cx, user);
  if (!user.enabled) cx.fail('NotAuthorizedException', messages.userDisabled);
  await requirePassword(cx, user, password);
  const sealedSrp = await missingVerifier(cx, pool, user, password);
  return afterPassword(cx, { pool, client, user, sealedSrp });
}

/** Spends the time of a password check before it says that there is nobody (security.md B09). */
async function refuseUnknown(
  cx: Cx<'NotAuthorizedException' | 'UserNotFoundException', never>,
  { pool, client }: SignInRequest,
  password: string,
): Promise<never> {
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
