/** Amplify v6, unmodified: a device that is remembered, skips the second factor, and is forgotten. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Amplify } from 'aws-amplify';
import {
  confirmSignIn,
  fetchAuthSession,
  fetchDevices,
  forgetDevice,
  rememberDevice,
  setUpTOTP,
  signIn,
  signOut,
  updateMFAPreference,
  verifyTOTPSetup,
} from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { codeOf } from './authenticator-app.ts';
import { startServer } from './server-under-test.ts';
import { makeUser, PASSWORD } from './tutorial-pool.ts';

// What Amplify forgets after three minutes must not keep this process alive until then.
const { setTimeout: sleeping } = globalThis;
globalThis.setTimeout = Object.assign(
  (...given: Parameters<typeof sleeping>) => sleeping(...given).unref(),
  sleeping,
);

const server = await startServer();
after(() => server.remove());
const aws = server.client();

const DONE = { isSignedIn: true, nextStep: { signInStep: 'DONE' } };

/** A pool that remembers devices, and Amplify on a new one. */
async function open(DeviceOnlyRememberedOnUserPrompt: boolean) {
  const { UserPool } = await aws.createUserPool({
    PoolName: 'devices',
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt },
  });
  const UserPoolId = UserPool?.Id ?? '';
  await aws.setUserPoolMfaConfig({
    ...{ UserPoolId, MfaConfiguration: 'OPTIONAL' },
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const { UserPoolClient } = await aws.createUserPoolClient({
    ...{ UserPoolId, ClientName: 'app' },
    ExplicitAuthFlows: [
      ...(['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] as const),
      'ALLOW_REFRESH_TOKEN_AUTH',
    ],
  });
  await makeUser(aws, UserPoolId, 'mara');
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId: UserPoolId,
        userPoolClientId: UserPoolClient?.ClientId ?? '',
        userPoolEndpoint: server.url,
      },
    },
  });
  const kept = new Map<string, string>();
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    setItem: async (name, value) => void kept.set(name, value),
    getItem: async (name) => kept.get(name) ?? null,
    removeItem: async (name) => void kept.delete(name),
    clear: async () => kept.clear(),
  });
  return { ref: { UserPoolId, Username: 'mara' } };
}

const enter = (authFlowType: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH') =>
  signIn({ username: 'mara', password: PASSWORD, options: { authFlowType } });

/** Sets up an application, and signs in with its code from then on; answers its secret. */
async function turnOnApplication(): Promise<string> {
  const { sharedSecret } = await setUpTOTP();
  await verifyTOTPSetup({ code: codeOf(sharedSecret, Date.now() - 30_000) });
  await updateMFAPreference({ totp: 'PREFERRED' });
  return sharedSecret;
}

for (const flow of ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const) {
  test(`${flow}: a device skips the second factor, refreshes, and is asked for a code once it is forgotten`, async () => {
    const { ref } = await open(false);
    assert.deepEqual(await enter(flow), DONE);
    await turnOnApplication();
    await signOut();
    assert.deepEqual(await enter(flow), DONE, 'on the device that was confirmed');
    await fetchAuthSession({ forceRefresh: true });
    const devices = await fetchDevices();
    assert.equal(devices.length, 1);
    const [{ id, name } = assert.fail()] = devices;
    assert.match(id, /^[\w-]+_[0-9a-f-]{36}$/);
    assert(name, 'Amplify calls it something');
    await aws.adminForgetDevice({ ...ref, DeviceKey: id });
    await signOut();
    // It hears that its device does not exist, and signs in without it.
    const asked = await enter(flow);
    assert.equal(asked.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_TOTP_CODE');
  });
}

test('where people are asked, a device is remembered once they say so, and forgotten by them', async () => {
  await open(true);
  assert.deepEqual(await enter('USER_SRP_AUTH'), DONE);
  const secret = await turnOnApplication();
  await signOut();
  const asked = await enter('USER_SRP_AUTH');
  assert.equal(asked.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_TOTP_CODE');
  assert.deepEqual(await confirmSignIn({ challengeResponse: codeOf(secret) }), DONE);
  await rememberDevice();
  await signOut();
  assert.deepEqual(await enter('USER_SRP_AUTH'), DONE);
  assert.equal((await fetchDevices()).length, 1);
  await forgetDevice();
  assert.deepEqual(await fetchDevices(), []);
  await signOut();
  const again = await enter('USER_SRP_AUTH');
  assert.equal(again.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_TOTP_CODE');
});
