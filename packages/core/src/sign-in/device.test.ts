import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { openWithDevice } from '../testing/device-sign-in.ts';
import { prove, STANDING_IN, startOn } from '../testing/devices.ts';
import { sessionOf } from '../testing/signed-in.ts';

/* When a device proves itself, and for what that counts. */

const TELLING = {
  DeviceConfiguration: {
    ChallengeRequiredOnNewDevice: false,
    DeviceOnlyRememberedOnUserPrompt: false,
  },
} as const;

const claimsOf = (token = '') =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;

test('a remembered device stands in for the application, and the tokens say which it was', async (t) => {
  const { harness, ann, ref, device, turnOn, proofsOf, refresh } = await openWithDevice(t);
  await turnOn('application', 'ON');
  const elsewhere = await startOn(harness, ann);
  assert.equal(elsewhere.ChallengeName, 'SOFTWARE_TOKEN_MFA', 'on a device that is not named');
  harness.advance(5_000);
  const asked = await startOn(harness, ann, device);
  assert.deepEqual(asked.ChallengeParameters, { USERNAME: 'ann' });
  const outcome = await prove(harness, ann, device, asked);
  assert.deepEqual(await proofsOf(outcome), ['PASSWORD', 'DEVICE_PASSWORD_VERIFIER !']);
  const { AuthenticationResult: tokens } = outcome;
  assert.equal(tokens?.NewDeviceMetadata, undefined);
  assert.equal(claimsOf(tokens?.AccessToken)['device_key'], device.key);
  assert.equal(claimsOf(tokens?.IdToken)['device_key'], undefined);
  const { Device } = await harness.call('AdminGetDevice', { ...ref, DeviceKey: device.key });
  const nowMs = harness.world.clock.nowMs();
  assert.equal(Device.DeviceLastAuthenticatedDate, Math.floor(nowMs / 1000));
  await refresh(tokens, device.key);
});

test('the tokens of a new device name its key, and each sign-in gets another one', async (t) => {
  const { harness, ann, device } = await openWithDevice(t);
  assert.equal(claimsOf(device.tokens.AccessToken)['device_key'], device.key);
  const { AuthenticationResult: next } = await startOn(harness, ann);
  const { DeviceKey, DeviceGroupKey } = next?.NewDeviceMetadata ?? {};
  assert.notEqual(DeviceKey, device.key);
  assert.equal(DeviceGroupKey, device.groupKey);
  assert.equal((await sessionOf(harness, next?.RefreshToken)).deviceKey, DeviceKey);
});

for (const [what, settings, status] of [
  ['a device that is not remembered', STANDING_IN, 'not_remembered'],
  ['a device in a pool where none stands in for a factor', TELLING, 'remembered'],
] as const) {
  test(`${what} is noted, and the application asked`, async (t) => {
    const opened = await openWithDevice(t, settings);
    const { harness, ann, ref, device, turnOn, proofsOf, refresh } = opened;
    await opened.status(status);
    await turnOn('application', 'ON');
    const outcome = await opened.answerCode(await startOn(harness, ann, device));
    assert.deepEqual(await proofsOf(outcome), ['PASSWORD', 'SOFTWARE_TOKEN_MFA']);
    const { AuthenticationResult: tokens } = outcome;
    assert.equal(tokens?.NewDeviceMetadata, undefined);
    assert.equal(claimsOf(tokens?.AccessToken)['device_key'], device.key);
    await assert.rejects(refresh(tokens), { code: 'NotAuthorizedException' });
    await refresh(tokens, device.key);
    await harness.call('AdminForgetDevice', { ...ref, DeviceKey: device.key });
    const AccessToken = tokens?.AccessToken ?? '';
    await assert.rejects(harness.call('GetUser', { AccessToken }), 'it ends with its device');
  });
}

test('without a second factor the device proves itself after the password, and stands in for nothing', async (t) => {
  for (const settings of [STANDING_IN, TELLING]) {
    const { harness, ann, device, proofsOf } = await openWithDevice(t, settings);
    const outcome = await prove(harness, ann, device, await startOn(harness, ann, device));
    assert.deepEqual(await proofsOf(outcome), ['PASSWORD', 'DEVICE_PASSWORD_VERIFIER']);
  }
});

for (const [name, database, skip] of [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const) {
  test(
    `once the pool requires a second factor, a session goes on only if its device stood in for one, on ${name}`,
    { skip },
    async (t) => {
      // As at the sign-in, no device stands in for a code by mail or for the setting up of a factor (security.md R05).
      for (const required of ['application', 'mail', 'none'] as const) {
        const opened = await openWithDevice(t, STANDING_IN, { database });
        const { harness, ann, device, turnOn, refresh } = opened;
        const outcome = await prove(harness, ann, device, await startOn(harness, ann, device));
        await turnOn(required, 'ON');
        const refreshed = refresh(outcome.AuthenticationResult, device.key);
        await assert.rejects(refreshed, { code: 'NotAuthorizedException' }, required);
      }
      const opened = await openWithDevice(t, STANDING_IN, { database });
      const { harness, ann, device, turnOn, refresh } = opened;
      await turnOn('application');
      const outcome = await prove(harness, ann, device, await startOn(harness, ann, device));
      await harness.call('SetUserPoolMfaConfig', {
        ...{ UserPoolId: ann.UserPoolId, MfaConfiguration: 'ON' },
        SoftwareTokenMfaConfiguration: { Enabled: true },
      });
      await refresh(outcome.AuthenticationResult, device.key);
    },
  );
}

test('a code by mail, and the setting up of a factor, are asked on a remembered device too', async (t) => {
  const opened = await openWithDevice(t);
  const { harness, ann, device, turnOn, answer, proofsOf } = opened;
  await turnOn('mail', 'ON');
  const asked = await startOn(harness, ann, device);
  assert.equal(asked.ChallengeName, 'EMAIL_OTP');
  const EMAIL_OTP_CODE = await harness.code('ann@example.com');
  const outcome = await answer(asked, { EMAIL_OTP_CODE });
  assert.deepEqual(await proofsOf(outcome), ['PASSWORD', 'EMAIL_OTP']);
  const { UserPoolId } = ann;
  await harness.call('AdminDeleteUserAttributes', {
    ...{ UserPoolId, Username: 'ann', UserAttributeNames: ['email'] },
  });
  const setUp = await startOn(harness, ann, device);
  assert.equal(setUp.ChallengeName, 'MFA_SETUP');
});

test('where several factors could be chosen, a remembered device is asked before the choice', async (t) => {
  const { harness, ann, device, turnOn, proofsOf } = await openWithDevice(t);
  await turnOn('both');
  const asked = await startOn(harness, ann);
  assert.equal(asked.ChallengeName, 'SELECT_MFA_TYPE');
  const outcome = await prove(harness, ann, device, await startOn(harness, ann, device));
  assert.deepEqual(await proofsOf(outcome), ['PASSWORD', 'DEVICE_PASSWORD_VERIFIER !']);
});

test('a device that is named only with a second factor proves nothing, and is noted', async (t) => {
  const opened = await openWithDevice(t);
  const { harness, ann, device, turnOn, answer, proofsOf } = opened;
  await turnOn('both');
  const asked = await startOn(harness, ann);
  const ANSWER = 'SOFTWARE_TOKEN_MFA';
  const chosen = await answer(asked, { ANSWER, DEVICE_KEY: device.key });
  const outcome = await opened.answerCode(chosen, { DEVICE_KEY: device.key });
  assert.deepEqual(await proofsOf(outcome), ['PASSWORD', 'SOFTWARE_TOKEN_MFA']);
  const { RefreshToken } = outcome.AuthenticationResult ?? {};
  assert.equal((await sessionOf(harness, RefreshToken)).deviceKey, device.key);
});

test('a user who must change the password does so first, and keeps the device', async (t) => {
  const { harness, ann, ref, device, answer, proofsOf } = await openWithDevice(t);
  const Password = 'Temporary-1234';
  await harness.call('AdminSetUserPassword', { ...ref, Password, Permanent: false });
  const asked = await startOn(harness, { ...ann, password: Password }, device);
  assert.equal(asked.ChallengeName, 'NEW_PASSWORD_REQUIRED');
  const then = await answer(asked, { NEW_PASSWORD: 'Chosen-5678' });
  const outcome = await prove(harness, ann, device, then);
  assert.deepEqual(await proofsOf(outcome), ['PASSWORD', 'DEVICE_PASSWORD_VERIFIER']);
});
