import type { AuthFlowType, InitiateAuthResponse } from '@poolhouse/model';
import { effectiveAuthFlows, type AllowedFlow } from '../domain/clients/auth-flow-permissions.ts';
import { requireNoTrigger, requireUnjudgedSignIn } from '../directory/pools/fail-closed.ts';
import type { Cx } from '../operation.ts';
import type { SignInStore } from '../tokens/sign-in.ts';
import type { AfterPasswordError } from './after-password.ts';
import { signInByRefreshToken } from './refresh-token.ts';
import type { SignInRequest } from './request.ts';
import { signInByPassword } from './user-password.ts';
import { startSrp } from './user-srp.ts';

/** Errors that can end a sign-in at its first request. */
export type InitiateError =
  | AfterPasswordError
  | 'InvalidParameterException'
  | 'TooManyRequestsException'
  | 'UnexpectedLambdaException'
  | 'UnsupportedOperationException'
  | 'UserNotFoundException';

/** Who starts a sign-in: the user's own app, or a back end with an access key. */
export type InitiatedBy = 'app' | 'administrator';

interface AuthFlow {
  /** What the app client must allow. */
  readonly permission: AllowedFlow;
  /** Who may start it. */
  readonly by: readonly InitiatedBy[];
  readonly start: (
    cx: Cx<InitiateError, SignInStore>,
    request: SignInRequest,
  ) => Promise<InitiateAuthResponse>;
}

const CUSTOM_TRIGGERS = [
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallengeResponse',
] as const;

const anybody = ['app', 'administrator'] as const;

const refreshToken: AuthFlow = {
  permission: 'ALLOW_REFRESH_TOKEN_AUTH',
  by: anybody,
  start: signInByRefreshToken,
};

const administratorPassword: AuthFlow = {
  permission: 'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  by: ['administrator'],
  start: signInByPassword,
};

/** Every flow of the API. Source: API model, AuthFlowType; behaviour.md 6.1. */
const flows: Readonly<Record<AuthFlowType, AuthFlow>> = {
  USER_PASSWORD_AUTH: {
    permission: 'ALLOW_USER_PASSWORD_AUTH',
    by: ['app'],
    start: signInByPassword,
  },
  ADMIN_USER_PASSWORD_AUTH: administratorPassword,
  ADMIN_NO_SRP_AUTH: administratorPassword,
  USER_SRP_AUTH: { permission: 'ALLOW_USER_SRP_AUTH', by: anybody, start: startSrp },
  REFRESH_TOKEN_AUTH: refreshToken,
  REFRESH_TOKEN: refreshToken,
  CUSTOM_AUTH: {
    permission: 'ALLOW_CUSTOM_AUTH',
    by: anybody,
    start: (cx, { pool }) => {
      requireNoTrigger(cx, pool, ...CUSTOM_TRIGGERS);
      return cx.fail(
        'InvalidParameterException',
        'Custom auth lambda trigger is not configured for the user pool.', // [unsure]
      );
    },
  },
  USER_AUTH: {
    permission: 'ALLOW_USER_AUTH',
    by: anybody,
    start: (cx) =>
      cx.fail('UnsupportedOperationException', 'USER_AUTH is not supported by this server yet.'),
  },
};

/** Starts the flow if the operation knows it and the app client allows it. Source: behaviour.md 6.1, steps 3 and 4. */
export async function startFlow(
  cx: Cx<InitiateError, SignInStore>,
  name: AuthFlowType,
  by: InitiatedBy,
  request: SignInRequest,
): Promise<InitiateAuthResponse> {
  const flow = flows[name];
  if (!flow.by.includes(by)) {
    cx.fail('InvalidParameterException', 'Initiate Auth method not supported.');
  }
  if (!effectiveAuthFlows(request.client).has(flow.permission)) {
    cx.fail(
      'InvalidParameterException',
      by === 'app'
        ? `${name} flow not enabled for this client`
        : 'Auth flow not enabled for this client',
    );
  }
  if (flow !== refreshToken) requireUnjudgedSignIn(cx, request.pool);
  return flow.start(cx, request);
}
