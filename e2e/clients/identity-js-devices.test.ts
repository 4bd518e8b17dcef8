/** amazon-cognito-identity-js, unmodified: a device that is remembered, skips the second factor, and is forgotten. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type ICognitoStorage,
} from 'amazon-cognito-identity-js';
import { codeOf } from './authenticator-app.ts';
import { startServer } from './server-under-test.ts';
import { BY_CODE, makeTutorialPool, makeUser, PASSWORD } from './tutorial-pool.ts';

const server = await startServer();
after(() => server.remove());
const aws = server.client();

/** A pool that remembers devices, and an app on one of them. */
async function open(DeviceOnlyRememberedOnUserPrompt = false) {
  const { UserPoolId, ClientId } = await makeTutorialPool(aws, {
    ...BY_CODE,
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt },
  });
  await makeUser(aws, UserPoolId, 'mara');
  await aws.setUserPoolMfaConfig({
    ...{ UserPoolId, MfaConfiguration: 'OPTIONAL' },
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const kept = new Map<string, string>();
  const Storage: ICognitoStorage = {
    setItem: (name, value) => void kept.set(name, value),
    getItem: (name) => kept.get(name) ?? null,
    removeItem: (name) => void kept.delete(name),
    clear: () => kept.clear(),
  };
  const Pool = new CognitoUserPool({ UserPoolId, ClientId, endpoint: server.url, Storage });
  /** The app as it starts. */
  const start = (flow = 'USER_SRP_AUTH') => {
    const user = new CognitoUser({ Username: 'mara', Pool, Storage });
    user.setAuthenticationFlowType(flow);
    return user;
  };
  return { ref: { UserPoolId, Username: 'mara' }, start };
}

interface SignedIn {
  readonly session?: CognitoUserSession;
  readonly asksUser?: boolean;
  readonly asked?: 'totpRequired';
}

/** What the library calls back with, first. */
function ended(start: (callbacks: Parameters<CognitoUser['authenticateUser']>[1]) => void) {
  return new Promise<SignedIn>((resolve, reject) => {
    start({
      onSuccess: (session, asksUser) => resolve({ session, ...(asksUser && { asksUser }) }),
      onFailure: reject,
      totpRequired: () => resolve({ asked: 'totpRequired' }),
    });
  });
}

const enter = (user: CognitoUser) => {
  const details = new AuthenticationDetails({ Username: 'mara', Password: PASSWORD });
  return ended((callbacks) => user.authenticateUser(details, callbacks));
};
const sendCode = (user: CognitoUser, code: string) =>
  ended((callbacks) => user.sendMFACode(code, callbacks, 'SOFTWARE_TOKEN_MFA'));

/** Turns a method of the library with callbacks into a promise. */
const called = (
  call: (callbacks: {
    onSuccess: (value: unknown) => void;
    onFailure: (error: Error) => void;
  }) => void,
) => new Promise<unknown>((resolve, reject) => call({ onSuccess: resolve, onFailure: reject }));

/** Sets up an application, and signs in with its code from then on; answers its secret. */
async function turnOnApplication(user: CognitoUser): Promise<string> {
  const secret = await new Promise<string>((resolve, reject) => {
    user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject });
  });
  const code = codeOf(secret, Date.now() - 30_000);
  await called((callbacks) => user.verifySoftwareToken(code, 'phone', callbacks));
  const on = { Enabled: true, PreferredMfa: true };
  await new Promise<unknown>((resolve, reject) => {
    user.setUserMfaPreference(null, on, (error, result) =>
      error ? reject(error) : resolve(result),
    );
  });
  return secret;
}

for (const flow of ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH']) {
  test(`${flow}: a device is remembered, skips the second factor, and refreshes`, async () => {
    const { start } = await open();
    const user = start(flow);
    const first = await enter(user);
    const { session: before } = first;
    assert(before !== undefined && before.isValid() && first.asksUser === undefined);
    await turnOnApplication(user);
    const again = start(flow);
    const { session } = await enter(again);
    assert(session !== undefined && session.isValid(), 'without a code');
    const token = session.getRefreshToken();
    const refreshed = await new Promise<CognitoUserSession>((resolve, reject) => {
      again.refreshSession(token, (error: unknown, value) =>
        error instanceof Error ? reject(error) : resolve(value as CognitoUserSession),
      );
    });
    assert(refreshed.isValid());
    const payload = refreshed.getAccessToken().decodePayload();
    assert.equal(payload['device_key'], before.getAccessToken().decodePayload()['device_key']);
  });
}

test('where people are asked, a device is remembered once they say so', async () => {
  const { start } = await open(true);
  const user = start();
  const first = await enter(user);
  assert.equal(first.asksUser, true);
  const secret = await turnOnApplication(user);
  const again = start();
  assert.deepEqual(await enter(again), { asked: 'totpRequired' });
  assert((await sendCode(again, codeOf(secret))).session?.isValid());
  assert.equal(await called((callbacks) => again.setDeviceStatusRemembered(callbacks)), 'SUCCESS');
  const third = start();
  assert((await enter(third)).session?.isValid());
  await called((callbacks) => third.forgetDevice(callbacks));
  assert.deepEqual(await enter(start()), { asked: 'totpRequired' });
});

test('a device that an administrator has forgotten is forgotten by the app too', async () => {
  const { start, ref } = await open();
  const user = start();
  const { session } = await enter(user);
  const { device_key: DeviceKey = '' } = session?.getAccessToken().decodePayload() ?? {};
  await turnOnApplication(user);
  await aws.adminForgetDevice({ ...ref, DeviceKey: String(DeviceKey) });
  assert.deepEqual(await enter(start()), { asked: 'totpRequired' });
});
