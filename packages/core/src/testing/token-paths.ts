import type { TestContext } from 'node:test';
import { createSrpSession, signSrpSession } from 'cognito-srp-helper';
import type { InputOf } from '@poolhouse/model';
import { customAuthRunner } from './custom-auth.ts';
import { openHarness, type Harness } from './harness.ts';
import { authenticatorOf } from './authenticator.ts';
import { addressesOf, type LastStep, type Target, type TokenPath } from './target.ts';
import { byChoice, byPasskey } from './chosen-paths.ts';
import { byDevice, refreshOnDevice } from './device-paths.ts';
import { byFunctions, byFunctionsAfterSrp } from './custom-paths.ts';
import { respond } from './respond.ts';
import { secretHashOf } from './secret-hash.ts';
import { byStepUp } from './step-up-path.ts';
import { sms } from './sms-role.ts';
import { srpTimestamp } from './srp-client.ts';

function password(AuthFlow: 'USER_PASSWORD_AUTH'): TokenPath {
  return {
    name: AuthFlow,
    proves: ['PASSWORD'],
    begin: async (harness, target) => async (at) => {
      const aim = { ...target, ...at };
      const answer = await harness.call('InitiateAuth', {
        ClientId: aim.ClientId,
        AuthFlow,
        AuthParameters: { USERNAME: aim.username, PASSWORD: aim.password, ...secretHashOf(aim) },
      });
      return answer.AuthenticationResult;
    },
  };
}

function adminPassword(AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' | 'ADMIN_NO_SRP_AUTH'): TokenPath {
  return {
    name: AuthFlow,
    proves: ['PASSWORD'],
    begin: async (harness, target) => async (at) => {
      const aim = { ...target, ...at };
      const answer = await harness.call('AdminInitiateAuth', {
        UserPoolId: aim.UserPoolId,
        ClientId: aim.ClientId,
        AuthFlow,
        AuthParameters: { USERNAME: aim.username, PASSWORD: aim.password, ...secretHashOf(aim) },
      });
      return answer.AuthenticationResult;
    },
  };
}

function srp(by: 'app' | 'administrator'): TokenPath {
  return {
    name: `USER_SRP_AUTH by ${by}`,
    proves: ['PASSWORD_VERIFIER'],
    begin: async (harness, target) => {
      const session = createSrpSession(target.username, target.password, target.UserPoolId, false);
      const input: InputOf<'InitiateAuth'> = {
        ClientId: target.ClientId,
        AuthFlow: 'USER_SRP_AUTH',
        AuthParameters: {
          USERNAME: target.username,
          SRP_A: session.largeA,
          ...secretHashOf(target),
        },
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
          ...secretHashOf(aim, username),
        });
      };
    },
  };
}

function newPassword(by: 'app' | 'administrator'): TokenPath {
  return {
    name: `NEW_PASSWORD_REQUIRED by ${by}`,
    proves: ['PASSWORD'],
    forNewPassword: true,
    doesTask: true,
    begin: async (harness, target) => {
      const started = await harness.call('InitiateAuth', {
        ClientId: target.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: {
          USERNAME: target.username,
          PASSWORD: target.password,
          ...secretHashOf(target),
        },
      });
      return (at) => {
        const aim = { ...target, ...at };
        return respond(harness, by, aim, 'NEW_PASSWORD_REQUIRED', started.Session, {
          USERNAME: aim.username,
          NEW_PASSWORD: 'Chosen-5678',
          ...secretHashOf(aim),
        });
      };
    },
  };
}

/** The pool's factors, and a user who has the one of the way. */
const factors = {
  SMS_MFA: {
    config: { SmsMfaConfiguration: { SmsConfiguration: sms } },
    preference: { SMSMfaSettings: { Enabled: true } },
    codeOf: (harness: Harness, target: Target) => harness.code(addressesOf(target).phone),
  },
  EMAIL_OTP: {
    config: { EmailMfaConfiguration: {} },
    preference: { EmailMfaSettings: { Enabled: true } },
    codeOf: (harness: Harness, target: Target) => harness.code(addressesOf(target).email),
  },
  SOFTWARE_TOKEN_MFA: {
    config: { SoftwareTokenMfaConfiguration: { Enabled: true } },
    preference: { SoftwareTokenMfaSettings: { Enabled: true } },
    codeOf: async (harness: Harness, target: Target) => authenticatorOf(harness, target).code(),
  },
} as const;

function secondFactor(method: keyof typeof factors, by: 'app' | 'administrator'): TokenPath {
  const { config, preference, codeOf } = factors[method];
  return {
    name: `${method} by ${by}`,
    proves: ['PASSWORD', method],
    second: true,
    async prepare(harness, target) {
      const { UserPoolId } = target;
      const user = { UserPoolId, Username: target.username };
      await harness.call('AdminUpdateUserAttributes', {
        ...user,
        UserAttributes: [
          { Name: 'phone_number', Value: addressesOf(target).phone },
          { Name: 'phone_number_verified', Value: 'true' },
        ],
      });
      await harness.call('SetUserPoolMfaConfig', {
        ...{ UserPoolId, MfaConfiguration: 'OPTIONAL' },
        ...config,
      });
      if (method === 'SOFTWARE_TOKEN_MFA') await authenticatorOf(harness, target).setUp();
      await harness.call('AdminSetUserMFAPreference', { ...user, ...preference });
    },
    begin: async (harness, target) => {
      const started = await harness.call('InitiateAuth', {
        ClientId: target.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: {
          USERNAME: target.username,
          PASSWORD: target.password,
          ...secretHashOf(target),
        },
      });
      const code = started.ChallengeName === method ? await codeOf(harness, target) : '';
      return (at) => {
        const aim = { ...target, ...at };
        return respond(harness, by, aim, method, started.Session, {
          USERNAME: aim.username,
          [`${method}_CODE`]: code,
          ...secretHashOf(aim),
        });
      };
    },
  };
}

function mfaSetup(by: 'app' | 'administrator'): TokenPath {
  return {
    name: `MFA_SETUP by ${by}`,
    proves: ['PASSWORD', 'SOFTWARE_TOKEN_MFA'],
    second: true,
    doesTask: true,
    prepare: (harness, { UserPoolId }) =>
      harness.call('SetUserPoolMfaConfig', {
        ...{ UserPoolId, MfaConfiguration: 'ON' },
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    begin: async (harness, target) => {
      const started = await harness.call('InitiateAuth', {
        ClientId: target.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: {
          USERNAME: target.username,
          PASSWORD: target.password,
          ...secretHashOf(target),
        },
      });
      const { Session } = await authenticatorOf(harness, target).setUpIn(started.Session ?? '');
      return (at) => {
        const aim = { ...target, ...at };
        const responses = { USERNAME: aim.username, ...secretHashOf(aim) };
        return respond(harness, by, aim, 'MFA_SETUP', Session, responses);
      };
    },
  };
}

type Refresh = (harness: Harness, aim: Target, refreshToken: string) => ReturnType<LastStep>;

function refresh(name: string, send: Refresh): TokenPath {
  return {
    name,
    proves: ['PASSWORD'],
    refreshes: true,
    begin: async (harness, target) => {
      const { AuthenticationResult } = await harness.call('InitiateAuth', {
        ClientId: target.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: {
          USERNAME: target.username,
          PASSWORD: target.password,
          ...secretHashOf(target),
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
      AuthParameters: { REFRESH_TOKEN: token, ...secretHashOf(aim) },
    };
    const answer =
      by === 'app'
        ? await harness.call('InitiateAuth', input)
        : await harness.call('AdminInitiateAuth', { ...input, UserPoolId: aim.UserPoolId });
    return answer.AuthenticationResult;
  };

/** A harness for a way. Functions run only where they direct it: on every other way they are refused as on a server without a runner. */
export function openFor(t: Pick<TestContext, 'after'>, way: TokenPath): Promise<Harness> {
  return openHarness(t, way.byFunctions ? { triggers: customAuthRunner() } : {});
}

/** Every way that there is to a token. A new one is added here first, and the matrix holds it to every control. */
export const waysToAToken: readonly TokenPath[] = [
  password('USER_PASSWORD_AUTH'),
  adminPassword('ADMIN_USER_PASSWORD_AUTH'),
  adminPassword('ADMIN_NO_SRP_AUTH'),
  srp('app'),
  srp('administrator'),
  newPassword('app'),
  newPassword('administrator'),
  ...(['app', 'administrator'] as const).flatMap((by) => [
    secondFactor('SMS_MFA', by),
    secondFactor('EMAIL_OTP', by),
    secondFactor('SOFTWARE_TOKEN_MFA', by),
    mfaSetup(by),
    byChoice('PASSWORD', by),
    byChoice('EMAIL_OTP', by),
    byChoice('SMS_OTP', by),
    byPasskey(by),
    byDevice(by),
    byFunctions(by),
    byFunctionsAfterSrp(by),
    byStepUp(by),
  ]),
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
  refreshOnDevice(),
];
