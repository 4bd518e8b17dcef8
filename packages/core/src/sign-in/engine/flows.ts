import type { AuthFlowType } from '@poolhouse/model';
import { requireRefreshSecretHash } from '../../pools/client-secret.ts';
import { requireUnjudgedSignIn } from '../../triggers/fail-closed.ts';
import {
  effectiveAuthFlows,
  type AllowedFlow,
} from '../../domain/clients/auth-flow-permissions.ts';
import type { SignInOrigin } from '../../domain/tokens/session.ts';
import type { OperationContext } from '../../operation.ts';
import type { TokenError } from '../../tokens/mint.ts';
import { refreshTokens, requireRefreshState } from '../../tokens/refresh.ts';
import { requireGiven } from '../challenges/challenge.ts';
import { passwordVerifier } from '../challenges/password-verifier.ts';
import { password } from '../challenges/password.ts';
import type { SignInStore } from '../complete.ts';
import type { SignInRequest } from './beginning.ts';
import { startWithFunctions } from './custom-auth.ts';
import { startWithAnswer, startWithQuestion } from './engine.ts';
import { startWithChoice } from './first-factors.ts';
import type { Outcome } from '../outcome.ts';
import type { SharedError } from '../challenges/challenge.ts';

/** Errors that can end a sign-in at its first request. */
export type StartError =
  | SharedError
  | 'FeatureUnavailableInTierException'
  | 'UnsupportedOperationException'
  | 'UserNotFoundException';

interface AuthFlow {
  /** What the app client must allow. */
  readonly permission: AllowedFlow;
  /** Who may start it. */
  readonly by: readonly SignInOrigin[];
  readonly start: (
    ctx: OperationContext<StartError, SignInStore>,
    request: SignInRequest,
  ) => Promise<Outcome>;
}

const anybody = ['app', 'administrator'] as const;

const refreshToken: AuthFlow = {
  permission: 'ALLOW_REFRESH_TOKEN_AUTH',
  by: anybody,
  start: refresh,
};

const administratorPassword: AuthFlow = {
  permission: 'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  by: ['administrator'],
  start: (ctx, request) => startWithAnswer(ctx, request, password),
};

/** Every flow of the API. Source: API model, AuthFlowType; behaviour.md 6.1. */
const flows: Readonly<Record<AuthFlowType, AuthFlow>> = {
  USER_PASSWORD_AUTH: {
    permission: 'ALLOW_USER_PASSWORD_AUTH',
    by: ['app'],
    start: (ctx, request) => startWithAnswer(ctx, request, password),
  },
  ADMIN_USER_PASSWORD_AUTH: administratorPassword,
  ADMIN_NO_SRP_AUTH: administratorPassword,
  USER_SRP_AUTH: {
    permission: 'ALLOW_USER_SRP_AUTH',
    by: anybody,
    start: (ctx, request) => startWithQuestion(ctx, request, passwordVerifier),
  },
  REFRESH_TOKEN_AUTH: refreshToken,
  REFRESH_TOKEN: refreshToken,
  CUSTOM_AUTH: {
    permission: 'ALLOW_CUSTOM_AUTH',
    by: anybody,
    start: startWithFunctions,
  },
  USER_AUTH: {
    permission: 'ALLOW_USER_AUTH',
    by: anybody,
    start: startWithChoice,
  },
};

/** Starts the flow if the operation knows it and the app client allows it. Source: behaviour.md 6.1, steps 3 and 4. */
export async function startSignIn(
  ctx: OperationContext<StartError, SignInStore>,
  name: AuthFlowType,
  request: SignInRequest,
): Promise<Outcome> {
  const flow = flows[name];
  if (!flow.by.includes(request.origin)) {
    ctx.fail('InvalidParameterException', 'Initiate Auth method not supported.');
  }
  if (!effectiveAuthFlows(request.client).has(flow.permission)) {
    ctx.fail(
      'InvalidParameterException',
      request.origin === 'app'
        ? `${name} flow not enabled for this client`
        : 'Auth flow not enabled for this client',
    );
  }
  if (flow !== refreshToken) requireUnjudgedSignIn(ctx, request.pool);
  return flow.start(ctx, request);
}

/** REFRESH_TOKEN_AUTH and REFRESH_TOKEN: new access and ID tokens, the refresh token stays. Source: behaviour.md 7.4. */
async function refresh(
  ctx: OperationContext<
    'InvalidParameterException' | TokenError,
    'sessions' | 'groups' | 'devices'
  >,
  { pool, client, parameters }: SignInRequest,
): Promise<Outcome> {
  const refreshToken = requireGiven(ctx, parameters, 'REFRESH_TOKEN');
  const given = { refreshToken, deviceKey: parameters['DEVICE_KEY'] };
  const hash = parameters['SECRET_HASH'];
  // A secret that is not even sent is told before the token is looked at.
  await requireRefreshSecretHash(ctx, client, undefined, hash);
  const state = await requireRefreshState(ctx, client, given);
  await requireRefreshSecretHash(ctx, client, state.user.username, hash);
  return { kind: 'tokens', tokens: await refreshTokens(ctx, pool, client, given, state) };
}
