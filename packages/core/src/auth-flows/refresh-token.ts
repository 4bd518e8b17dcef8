import type { InitiateAuthResponse } from '@poolhouse/model';
import { requireRefreshSecretHash } from '../directory/pools/client-secret.ts';
import type { Cx } from '../operation.ts';
import { refreshTokens, requireRefreshState } from '../tokens/refresh.ts';
import { requireParameter, type SignInRequest } from './request.ts';

/** REFRESH_TOKEN_AUTH and REFRESH_TOKEN: new access and ID tokens, the refresh token stays. Source: behaviour.md 7.4. */
export async function signInByRefreshToken(
  cx: Cx<
    'InvalidParameterException' | 'NotAuthorizedException' | 'UnexpectedLambdaException',
    'tokenFamilies' | 'groups'
  >,
  { pool, client, parameters }: SignInRequest,
): Promise<InitiateAuthResponse> {
  const refreshToken = requireParameter(cx, parameters, 'REFRESH_TOKEN');
  const hash = parameters['SECRET_HASH'];
  // A secret that is not even sent is told before the token is looked at.
  await requireRefreshSecretHash(cx, client, undefined, hash);
  const state = await requireRefreshState(cx, client, refreshToken);
  await requireRefreshSecretHash(cx, client, state.user.username, hash);
  return {
    ChallengeParameters: {},
    AuthenticationResult: await refreshTokens(cx, pool, client, state),
  };
}
