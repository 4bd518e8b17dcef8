import type { InputOf } from '@poolhouse/model';
import type { Harness } from './harness.ts';
import type { Authenticator } from './passkey-authenticator.ts';
import type { AskedOptions } from './passkey-sign-in.ts';
import { PASSKEYS_FIRST, registerPasskey } from './passkeys.ts';
import { respond } from './respond.ts';
import { secretHashOf } from './secret-hash.ts';
import { sms } from './sms-role.ts';
import { addressesOf, type Target, type TokenPath } from './target.ts';

/** Begins with a first factor that the app prefers. */
function start(
  harness: Harness,
  by: 'app' | 'administrator',
  aim: Target,
  PREFERRED_CHALLENGE: string,
  parameters: Readonly<Record<string, string>> = {},
) {
  const input: InputOf<'InitiateAuth'> = {
    ...{ ClientId: aim.ClientId, AuthFlow: 'USER_AUTH' },
    AuthParameters: {
      ...{ USERNAME: aim.username, PREFERRED_CHALLENGE },
      ...{ ...parameters, ...secretHashOf(aim) },
    },
  };
  return by === 'app'
    ? harness.call('InitiateAuth', input)
    : harness.call('AdminInitiateAuth', { ...input, UserPoolId: aim.UserPoolId });
}

/** By a first factor that is chosen: one request with the password, or a code and its answer. */
export function byChoice(
  factor: 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP',
  by: 'app' | 'administrator',
): TokenPath {
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
          return (await start(harness, by, aim, factor, { PASSWORD: aim.password }))
            .AuthenticationResult;
        };
      }
      const started = await start(harness, by, target, factor);
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

/** By a passkey. */
export function byPasskey(by: 'app' | 'administrator'): TokenPath {
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
      const started = await start(harness, by, target, 'WEB_AUTHN');
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
