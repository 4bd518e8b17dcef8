import { createHmac } from 'node:crypto';
import { createSrpSession, signSrpSession } from 'cognito-srp-helper';
import type { AuthenticationResultType, ChallengeNameType, InputOf } from '@poolhouse/model';
import type { Harness } from './harness.ts';
import { srpTimestamp } from './srp-client.ts';

/** A client and a user at whom ways are tried. */
export interface Target {
  readonly UserPoolId: string;
  readonly ClientId: string;
  readonly secret?: string;
  readonly username: string;
  readonly password: string;
}

/** The last request of a way, ready to be sent: to the target, or to another one in its place. */
export type LastStep = (at?: Partial<Target>) => Promise<AuthenticationResultType | undefined>;

/** One way to a token: everything up to the request that answers it, then that request. */
export interface TokenPath {
  readonly name: string;
  /** Whether the user must stand before a new password for this way. */
  readonly forNewPassword?: boolean;
  /** Whether the way goes on from tokens that the user has already. */
  readonly refreshes?: boolean;
  readonly begin: (harness: Harness, target: Target) => Promise<LastStep>;
}

function hash(target: Target, username = target.username): Record<string, string> {
  if (target.secret === undefined) return {};
  const mac = createHmac('sha256', target.secret).update(username + target.ClientId);
  return { SECRET_HASH: mac.digest('base64') };
}

function password(AuthFlow: 'USER_PASSWORD_AUTH'): TokenPath {
  return {
    name: AuthFlow,
    begin: async (harness, target) => async (at) => {
      const aim = { ...target, ...at };
      const answer = await harness.call('InitiateAuth', {
        ClientId: aim.ClientId,
        AuthFlow,
        AuthParameters: { USERNAME: aim.username, PASSWORD: aim.password, ...hash(aim) },
      });
      return answer.AuthenticationResult;
    },
  };
}

function adminPassword(AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' | 'ADMIN_NO_SRP_AUTH'): TokenPath {
  return {
    name: AuthFlow,
    begin: async (harness, target) => async (at) => {
      const aim = { ...target, ...at };
      const answer = await harness.call('AdminInitiateAuth', {
        UserPoolId: aim.UserPoolId,
        ClientId: aim.ClientId,
        AuthFlow,
        AuthParameters: { USERNAME: aim.username, PASSWORD: aim.password, ...hash(aim) },
      });
      return answer.AuthenticationResult;
    },
  };
}

/** Sends an answer to a challenge as the app or as an administrator. */
async function respond(
  harness: Harness,
  by: 'app' | 'administrator',
  aim: Target,
  ChallengeName: ChallengeNameType,
  Session: string | undefined,
  ChallengeResponses: Record<string, string>,
): Promise<AuthenticationResultType | undefined> {
  const input = { ClientId: aim.ClientId, ChallengeName, Session, ChallengeResponses };
  const answer =
    by === 'app'
      ? await harness.call('RespondToAuthChallenge', input)
      : await harness.call('AdminRespondToAuthChallenge', { ...input, UserPoolId: aim.UserPoolId });
  return answer.AuthenticationResult;
}

function srp(by: 'app' | 'administrator'): TokenPath {
  return {
    name: `USER_SRP_AUTH by ${by}`,
    begin: async (harness, target) => {
      const session = createSrpSession(target.username, target.password, target.UserPoolId, false);
      const input: InputOf<'InitiateAuth'> = {
        ClientId: target.ClientId,
        AuthFlow: 'USER_SRP_AUTH',
        AuthParameters: { USERNAME: target.username, SRP_A: session.largeA, ...hash(target) },
      };
      const started =
        by === 'app'
          ? await harness.call('InitiateAuth', input)
          : await harness.call('AdminInitiateAuth', { ...input, UserPoolId: target.UserPoolId });
      const timestamp = srpTimestamp(harness.world.clock.nowMs());
      const signed = signSrpSession({ ...session, timestamp }, started as never);
      const username = started.ChallengeParameters?.['USER_ID_FOR_SRP'] ?? '';
      return (at) => {
        const aim = { ...target, ...at };
        return respond(harness, by, aim, 'PASSWORD_VERIFIER', started.Session, {
          USERNAME: username,
          PASSWORD_CLAIM_SECRET_BLOCK: signed.secret,
          PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
          TIMESTAMP: timestamp,
          ...hash(aim, username),
        });
      };
    },
  };
}

function newPassword(by: 'app' | 'administrator'): TokenPath {
  return {
    name: `NEW_PASSWORD_REQUIRED by ${by}`,
    forNewPassword: true,
    begin: async (harness, target) => {
      const started = await harness.call('InitiateAuth', {
        ClientId: target.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: {
          USERNAME: target.username,
          PASSWORD: target.password,
          ...hash(target),
        },
      });
      return (at) => {
        const aim = { ...target, ...at };
        return respond(harness, by, aim, 'NEW_PASSWORD_REQUIRED', started.Session, {
          USERNAME: aim.username,
          NEW_PASSWORD: 'Chosen-5678',
          ...hash(aim),
        });
      };
    },
  };
}

type Refresh = (harness: Harness, aim: Target, refreshToken: string) => ReturnType<LastStep>;

function refresh(name: string, send: Refresh): TokenPath {
  return {
    name,
    refreshes: true,
    begin: async (harness, target) => {
      const { AuthenticationResult } = await harness.call('InitiateAuth', {
        ClientId: target.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: {
          USERNAME: target.username,
          PASSWORD: target.password,
          ...hash(target),
        },
      });
      const token = AuthenticationResult?.RefreshToken ?? '';
      return (at) => send(harness, { ...target, ...at }, token);
    },
  };
}

const refreshFlow =
  (AuthFlow: 'REFRESH_TOKEN_AUTH' | 'REFRESH_TOKEN', by: 'app' | 'administrator'): Refresh =>
  async (harness, aim, token) => {
    const input = {
      ClientId: aim.ClientId,
      AuthFlow,
      AuthParameters: { REFRESH_TOKEN: token, ...hash(aim) },
    };
    const answer =
      by === 'app'
        ? await harness.call('InitiateAuth', input)
        : await harness.call('AdminInitiateAuth', { ...input, UserPoolId: aim.UserPoolId });
    return answer.AuthenticationResult;
  };

/** Every way that there is to a token. A new one is added here first, and the matrix holds it to every control. */
export const waysToAToken: readonly TokenPath[] = [
  password('USER_PASSWORD_AUTH'),
  adminPassword('ADMIN_USER_PASSWORD_AUTH'),
  adminPassword('ADMIN_NO_SRP_AUTH'),
  srp('app'),
  srp('administrator'),
  newPassword('app'),
  newPassword('administrator'),
  refresh('REFRESH_TOKEN_AUTH by app', refreshFlow('REFRESH_TOKEN_AUTH', 'app')),
  refresh('REFRESH_TOKEN by app', refreshFlow('REFRESH_TOKEN', 'app')),
  refresh(
    'REFRESH_TOKEN_AUTH by administrator',
    refreshFlow('REFRESH_TOKEN_AUTH', 'administrator'),
  ),
  refresh('GetTokensFromRefreshToken', async (harness, aim, RefreshToken) => {
    const answer = await harness.call('GetTokensFromRefreshToken', {
      ClientId: aim.ClientId,
      RefreshToken,
      ClientSecret: aim.secret,
    });
    return answer.AuthenticationResult;
  }),
];
