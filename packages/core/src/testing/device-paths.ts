import { authenticatorOf } from './authenticator.ts';
import { beginProof, confirmedDevice, startOn, STANDING_IN, type KeptDevice } from './devices.ts';
import { respond } from './respond.ts';
import { secretHashOf } from './secret-hash.ts';
import type { TokenPath } from './target.ts';

/** The devices of users, by pool. */
const devices = new Map<string, KeptDevice>();

/** By a remembered device, instead of the user's authenticator application. */
export function byDevice(by: 'app' | 'administrator'): TokenPath {
  return {
    name: `a device by ${by}`,
    proves: ['PASSWORD', 'DEVICE_PASSWORD_VERIFIER'],
    ...{ second: true, onDevice: true, pool: STANDING_IN },
    async prepare(harness, target) {
      const { UserPoolId, username: Username } = target;
      devices.set(UserPoolId, await confirmedDevice(harness, target));
      await harness.call('SetUserPoolMfaConfig', {
        ...{ UserPoolId, MfaConfiguration: 'OPTIONAL' },
        SoftwareTokenMfaConfiguration: { Enabled: true },
      });
      await authenticatorOf(harness, target).setUp();
      await harness.call('AdminSetUserMFAPreference', {
        ...{ UserPoolId, Username },
        SoftwareTokenMfaSettings: { Enabled: true },
      });
    },
    begin: async (harness, target) => {
      const device = devices.get(target.UserPoolId);
      const started = await startOn(harness, target, device);
      const proof =
        device && started.ChallengeName === 'DEVICE_SRP_AUTH'
          ? await beginProof(harness, target, device, started)
          : undefined;
      return (at) => {
        const aim = { ...target, ...at };
        return respond(harness, by, aim, 'DEVICE_PASSWORD_VERIFIER', undefined, {
          ...{ DEVICE_KEY: '', ...proof?.ChallengeResponses, USERNAME: aim.username },
          ...secretHashOf(aim),
        });
      };
    },
  };
}

/** From the refresh token of a device that the pool knows. */
export function refreshOnDevice(): TokenPath {
  return {
    name: 'GetTokensFromRefreshToken on a device',
    proves: ['PASSWORD'],
    ...{ refreshes: true, onDevice: true, pool: STANDING_IN },
    begin: async (harness, target) => {
      const { key: DeviceKey, tokens } = await confirmedDevice(harness, target);
      return async (at) => {
        const aim = { ...target, ...at };
        const answer = await harness.call('GetTokensFromRefreshToken', {
          ...{ ClientId: aim.ClientId, ClientSecret: aim.secret, DeviceKey },
          RefreshToken: tokens.RefreshToken ?? '',
        });
        return answer.AuthenticationResult;
      };
    },
  };
}
