import type { InputOf } from '@poolhouse/model';
import { authenticatorOf } from './authenticator.ts';
import { respond } from './respond.ts';
import { secretHashOf } from './secret-hash.ts';
import type { TokenPath } from './target.ts';

/** By an access token, whose session has proved the password, and the code of the application that the level needs besides. */
export function byStepUp(by: 'app' | 'administrator'): TokenPath {
  return {
    name: `USER_AUTH step-up by ${by}`,
    proves: ['PASSWORD', 'SOFTWARE_TOKEN_MFA'],
    second: true,
    credits: true,
    async prepare(harness, target) {
      await harness.call('SetUserPoolMfaConfig', {
        ...{ UserPoolId: target.UserPoolId, MfaConfiguration: 'OPTIONAL' },
        SoftwareTokenMfaConfiguration: { Enabled: true },
      });
      await authenticatorOf(harness, target).setUp();
    },
    begin: async (harness, target) => {
      const { ClientId, UserPoolId, username: USERNAME, password: PASSWORD } = target;
      const named = { USERNAME, ...secretHashOf(target) };
      const { AuthenticationResult } = await harness.call('InitiateAuth', {
        ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
        AuthParameters: { ...named, PASSWORD },
      });
      const ACCESS_TOKEN = AuthenticationResult?.AccessToken ?? '';
      const input: InputOf<'InitiateAuth'> = {
        ...{ ClientId, AuthFlow: 'USER_AUTH' },
        AuthParameters: { ...named, ACCESS_TOKEN, TARGET_ACR_VALUES: 'urn:cognito:loa:4' },
      };
      const started =
        by === 'app'
          ? await harness.call('InitiateAuth', input)
          : await harness.call('AdminInitiateAuth', { ...input, UserPoolId });
      const asked = started.ChallengeName === 'SOFTWARE_TOKEN_MFA';
      const SOFTWARE_TOKEN_MFA_CODE = asked ? authenticatorOf(harness, target).code() : '';
      return (at) => {
        const aim = { ...target, ...at };
        return respond(harness, by, aim, 'SOFTWARE_TOKEN_MFA', started.Session, {
          ...{ USERNAME: aim.username, SOFTWARE_TOKEN_MFA_CODE, ...secretHashOf(aim) },
        });
      };
    },
  };
}
