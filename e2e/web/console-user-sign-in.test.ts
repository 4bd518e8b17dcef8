/** What a user signs in with, as the console shows it and takes it away when it is lost. */
import assert from 'node:assert/strict';
import { createDeviceVerifier } from 'cognito-srp-helper';
import type { Page } from 'playwright-core';
import { makePasskey } from '../clients/software-passkey.ts';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { consoleJourneys, seesSaved, type ConsoleFixture } from './console-fixture.ts';
import { press, sees, seesHeading } from './journey.ts';
import { problemsOf } from './look-at.ts';
import { SIZES } from './profiles.ts';

consoleJourneys('what a user signs in with', {
  'a lost passkey is removed, and its user is told': lostPasskey,
  'a lost device is forgotten, and what began on it ends': lostDevice,
});

/** Signs in a user of the pool whose access token is returned. */
async function signIn({ aws, clientId }: ConsoleFixture, name: string): Promise<string> {
  const { AuthenticationResult } = await aws.initiateAuth({
    ClientId: clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: name, PASSWORD },
  });
  return AuthenticationResult?.AccessToken ?? '';
}

async function looksRight(page: Page, name: string): Promise<void> {
  const problems: string[] = [];
  for (const size of ['phone', 'desktop'] as const) {
    await page.setViewportSize(SIZES[size].viewport);
    problems.push(...(await problemsOf(page, name, size)));
  }
  assert.deepEqual(problems, []);
}

async function lostPasskey(fixture: ConsoleFixture): Promise<void> {
  const { aws, poolId: UserPoolId, server } = fixture;
  const { UserPool } = await aws.describeUserPool({ UserPoolId });
  await aws.updateUserPool({
    UserPoolId,
    AutoVerifiedAttributes: UserPool?.AutoVerifiedAttributes,
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
  });
  await fixture.user('petra');
  const AccessToken = await signIn(fixture, 'petra');
  const started = await aws.startWebAuthnRegistration({ AccessToken });
  const Credential = makePasskey(server.publicUrl).create(started.CredentialCreationOptions);
  await aws.completeWebAuthnRegistration({ AccessToken, Credential });

  const page = await (await fixture.as('operator')).newPage();
  await page.goto(fixture.pool('/users/petra'));
  await seesHeading(page, 'petra');
  await sees(page, 'Never used');
  await sees(page, /a passkey/);
  await looksRight(page, 'user-passkey');
  await page.getByRole('button', { name: /^Remove the passkey:/ }).click();
  await press(page, 'Remove the passkey');
  await sees(page, 'The passkey is removed.');
  await page.getByRole('heading', { name: 'Passkeys' }).waitFor({ state: 'detached' });
  const { Credentials } = await aws.listWebAuthnCredentials({ AccessToken });
  assert.deepEqual(Credentials, []);
  // The fixture's list of messages leaves such notices out.
  const inbox = await fetch(`${server.publicUrl}/inbox/messages?to=petra@example.com`);
  assert.match(await inbox.text(), /A passkey was removed/);
}

/** Through the pool's page Sign-in, to a device that its user has registered, and away with it. */
async function lostDevice(fixture: ConsoleFixture): Promise<void> {
  const { aws, poolId: UserPoolId, clientId: ClientId } = fixture;
  const page = await (await fixture.as('owner')).newPage();
  await page.goto(fixture.pool('/sign-in'));
  await seesHeading(page, 'Sign-in');
  await page.getByLabel(/^Remember those that people choose/).check();
  await sees(page, /applications that never confirm the device cannot refresh/);
  await looksRight(page, 'pool-sign-in-devices');
  await press(page, 'Save changes');
  await seesSaved(page);
  const { UserPool } = await aws.describeUserPool({ UserPoolId });
  assert.deepEqual(UserPool?.DeviceConfiguration, {
    ChallengeRequiredOnNewDevice: false,
    DeviceOnlyRememberedOnUserPrompt: true,
  });

  await fixture.user('dora');
  const { AuthenticationResult: tokens } = await aws.initiateAuth({
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'dora', PASSWORD },
  });
  const { DeviceKey = '', DeviceGroupKey = '' } = tokens?.NewDeviceMetadata ?? {};
  const { DeviceSecretVerifierConfig } = createDeviceVerifier(DeviceKey, DeviceGroupKey);
  await aws.confirmDevice({
    ...{ AccessToken: tokens?.AccessToken, DeviceKey, DeviceName: 'Dora’s phone' },
    DeviceSecretVerifierConfig,
  });

  const operator = await (await fixture.as('operator')).newPage();
  await operator.goto(fixture.pool('/users/dora'));
  await seesHeading(operator, 'dora');
  await sees(operator, 'Dora’s phone');
  await looksRight(operator, 'user-device');
  await press(operator, 'Remember the device: Dora’s phone');
  await sees(operator, 'The device is remembered.');
  const user = { UserPoolId, Username: 'dora' };
  const { Device } = await aws.adminGetDevice({ ...user, DeviceKey });
  const status = { Name: 'dev:device_remembered_status', Value: 'remembered' };
  assert(
    Device?.DeviceAttributes?.some((one) => one.Name === status.Name && one.Value === status.Value),
  );
  await press(operator, 'Forget the device: Dora’s phone');
  await press(operator, 'Forget the device');
  await sees(operator, 'No device yet.');
  assert.deepEqual((await aws.adminListDevices(user)).Devices, []);
  await assert.rejects(aws.getUser({ AccessToken: tokens?.AccessToken }), {
    name: 'NotAuthorizedException',
  });
}
