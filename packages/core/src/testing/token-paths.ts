import { createSrpSession, signSrpSession } from 'cognito-srp-helper';
import type { AuthenticationResultType, ChallengeNameType, InputOf } from '@poolhouse/model';
import type { Harness } from './harness.ts';
import { authenticatorOf } from './authenticator.ts';
import { addressesOf, type LastStep, type Target, type TokenPath } from './target.ts';
import type { Authenticator } from './passkey-authenticator.ts';
import type { AskedOptions } from './passkey-sign-in.ts';
import { PASSKEYS_FIRST, registerPasskey } from './passkeys.ts';
import { secretHashOf } from './secret-hash.ts';
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

/** By a first factor that is chosen: one request with the password, or a code and its answer. */
function byChoice(
  factor: 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP',
  by: 'app' | 'administrator',
): TokenPath {
  const start = (harness: Harness, aim: Target, parameters: Record<string, string>) => {
    const input: InputOf<'InitiateAuth'> = {
      ...{ ClientId: aim.ClientId, AuthFlow: 'USER_AUTH' },
      AuthParameters: {
        ...{ USERNAME: aim.username, PREFERRED_CHALLENGE: factor },
        ...{ ...parameters, ...secretHashOf(aim) },
      },
    };
    return by === 'app'
      ? harness.call('InitiateAuth', input)
      : harness.call('AdminInitiateAuth', { ...input, UserPoolId: aim.UserPoolId });
  };
  return {
    name: `USER_AUTH ${factor} by ${by}`,
    proves: [factor],
    byCode: factor !== 'PASSWORD',
    async prepare(harness, { UserPoolId, username, ...target }) {
      const { phone } = addressesOf({ UserPoolId, username, ...target });
      await harness.call('AdminUpdateUserAttributes', {
        ...{ UserPoolId, Username: username },
        UserAttributes: [
          { Name: 'phone_number', Value: phone },
          { Name: 'phone_number_verified', Value: 'true' },
        ],
      });
      const AllowedFirstAuthFactors = [...new Set(['PASSWORD', factor] as const)];
      await harness.call('UpdateUserPool', {
        ...{ UserPoolId, SmsConfiguration: sms },
        Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
      });
      // With optional MFA an update of the pool keeps how text messages are sent.
      await harness.call('SetUserPoolMfaConfig', {
        ...{ UserPoolId, MfaConfiguration: 'OPTIONAL' },
        SmsMfaConfiguration: {},
      });
    },
    begin: async (harness, target) => {
      if (factor === 'PASSWORD') {
        return async (at) => {
          const aim = { ...target, ...at };
          return (await start(harness, aim, { PASSWORD: aim.password })).AuthenticationResult;
        };
      }
      const started = await start(harness, target, {});
      const { email, phone } = addressesOf(target);
      const code =
        started.ChallengeName === factor
          ? await harness.code(factor === 'EMAIL_OTP' ? email : phone)
          : '';
      return (at) => {
        const aim = { ...target, ...at };
        return respond(harness, by, aim, factor, started.Session, {
          ...{ USERNAME: aim.username, [`${factor}_CODE`]: code },
          ...secretHashOf(aim),
        });
      };
    },
  };
}

/** The passkeys of users, by pool. */
const authenticators = new Map<string, Authenticator>();

function byPasskey(by: 'app' | 'administrator'): TokenPath {
  return {
    name: `USER_AUTH WEB_AUTHN by ${by}`,
    proves: ['WEB_AUTHN'],
    byCode: true,
    async prepare(harness, target) {
      const { UserPoolId, ClientId, username, password } = target;
      // The authenticator is at home there.
      harness.moveTo('http://localhost:8400');
      await harness.call('UpdateUserPool', { UserPoolId, ...PASSKEYS_FIRST });
      const { AuthenticationResult } = await harness.call('InitiateAuth', {
        ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
        AuthParameters: { USERNAME: username, PASSWORD: password, ...secretHashOf(target) },
      });
      const AccessToken = AuthenticationResult?.AccessToken ?? '';
      authenticators.set(UserPoolId, await registerPasskey(harness, AccessToken));
    },
    begin: async (harness, target) => {
      const started = await harness.call('InitiateAuth', {
        ...{ ClientId: target.ClientId, AuthFlow: 'USER_AUTH' },
        AuthParameters: {
          ...{ USERNAME: target.username, PREFERRED_CHALLENGE: 'WEB_AUTHN' },
          ...secretHashOf(target),
        },
      });
      const options = started.ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'];
      const authenticator = authenticators.get(target.UserPoolId);
      const signed = options && authenticator?.get(JSON.parse(options) as AskedOptions);
      return (at) => {
        const aim = { ...target, ...at };
        return respond(harness, by, aim, 'WEB_AUTHN', started.Session, {
          ...{ USERNAME: aim.username, CREDENTIAL: JSON.stringify(signed) },
          ...secretHashOf(aim),
        });
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
];
