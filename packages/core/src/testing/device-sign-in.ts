import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type {
  CreateUserPoolRequest,
  RespondToAuthChallengeResponse,
  SetUserPoolMfaConfigRequest,
} from '@poolhouse/model';
import { authenticatorOf } from './authenticator.ts';
import { confirmedDevice, STANDING_IN } from './devices.ts';
import { openHarness } from './harness.ts';
import { addUser, goodPassword, sessionOf } from './signed-in.ts';
import { FLOWS } from './target.ts';

/** Refusals that tests of devices expect. */
export const refusals = {
  unknown: { code: 'ResourceNotFoundException', message: 'Device does not exist.' },
  wrong: { code: 'NotAuthorizedException', message: 'Incorrect username or password.' },
  session: { code: 'NotAuthorizedException', message: 'Invalid session for the user.' },
  used: {
    code: 'NotAuthorizedException',
    message: 'Invalid session for the user, session can only be used once.',
  },
  locked: { code: 'NotAuthorizedException', message: 'Password attempts exceeded' },
  refresh: { code: 'NotAuthorizedException', message: 'Invalid Refresh Token' },
} as const;

/** Ann, with a password and a confirmed device, in a pool that remembers devices. */
export async function openWithDevice(
  t: TestContext,
  settings: Partial<CreateUserPoolRequest> = STANDING_IN,
  options: Parameters<typeof openHarness>[1] = {},
) {
  const harness = await openHarness(t, options);
  const made = await harness.makePool(settings, { ExplicitAuthFlows: [...FLOWS] });
  await addUser(harness, made, 'ann', { email: 'ann@example.com', email_verified: 'true' });
  const ann = { ...made, username: 'ann', password: goodPassword };
  const device = await confirmedDevice(harness, ann);
  const ref = { UserPoolId: made.UserPoolId, Username: 'ann' };
  const application = authenticatorOf(harness, ann);
  return {
    ...{ harness, made, ann, ref, device },
    /** Turns on a second factor for the pool, and for Ann the application or the mail. */
    async turnOn(
      method: 'application' | 'mail' | 'both' | 'none',
      MfaConfiguration: SetUserPoolMfaConfigRequest['MfaConfiguration'] = 'OPTIONAL',
    ) {
      const config = {
        UserPoolId: made.UserPoolId,
        SoftwareTokenMfaConfiguration: { Enabled: true },
        EmailMfaConfiguration: {},
      };
      await harness.call('SetUserPoolMfaConfig', { ...config, MfaConfiguration: 'OPTIONAL' });
      if (method === 'application' || method === 'both') await application.setUp();
      await harness.call('AdminSetUserMFAPreference', {
        ...ref,
        SoftwareTokenMfaSettings: { Enabled: method === 'application' || method === 'both' },
        EmailMfaSettings: { Enabled: method === 'mail' || method === 'both' },
      });
      await harness.call('SetUserPoolMfaConfig', { ...config, MfaConfiguration });
    },
    /** Answers a challenge, naming the device where it says so. */
    answer(
      asked: RespondToAuthChallengeResponse,
      responses: Readonly<Record<string, string>>,
      ChallengeName = asked.ChallengeName,
    ) {
      return harness.call('RespondToAuthChallenge', {
        ...{ ClientId: made.ClientId, ChallengeName: ChallengeName ?? 'PASSWORD' },
        Session: asked.Session,
        ChallengeResponses: { USERNAME: 'ann', ...responses },
      });
    },
    /** Answers with the application's next code. */
    answerCode(asked: RespondToAuthChallengeResponse, more: Readonly<Record<string, string>> = {}) {
      assert.equal(asked.ChallengeName, 'SOFTWARE_TOKEN_MFA');
      return this.answer(asked, { SOFTWARE_TOKEN_MFA_CODE: application.code(), ...more });
    },
    refresh(
      { RefreshToken = '' }: { readonly RefreshToken?: string } = {},
      DeviceKey: string | undefined = undefined,
    ) {
      const { ClientId } = made;
      return harness.call('GetTokensFromRefreshToken', { ClientId, RefreshToken, DeviceKey });
    },
    /** The challenges that the session of a refresh token proved. */
    async proofsOf({ AuthenticationResult }: RespondToAuthChallengeResponse) {
      const { proofs = [] } = await sessionOf(harness, AuthenticationResult?.RefreshToken);
      return proofs.map(({ challenge, standsIn }) => (standsIn ? `${challenge} !` : challenge));
    },
    configure: (DeviceConfiguration: CreateUserPoolRequest['DeviceConfiguration']) =>
      harness.call('UpdateUserPool', { UserPoolId: made.UserPoolId, DeviceConfiguration }),
    status: (DeviceRememberedStatus: 'remembered' | 'not_remembered') =>
      harness.call('AdminUpdateDeviceStatus', {
        ...{ ...ref, DeviceKey: device.key, DeviceRememberedStatus },
      }),
  };
}
