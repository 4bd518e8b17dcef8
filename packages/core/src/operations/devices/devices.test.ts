import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { createDeviceVerifier } from 'cognito-srp-helper';
import type { DeviceConfigurationType, DeviceType } from '@poolhouse/model';
import type { Caller } from '../../operation.ts';
import { groupPrime } from '../../crypto/srp/srp-group.ts';
import { confirmedDevice, newDevice, startOn } from '../../testing/devices.ts';
import { openHarness } from '../../testing/harness.ts';
import { addUser, goodPassword } from '../../testing/signed-in.ts';

const databases = [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const;

const KEY = /^eu-west-1_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const INVALID = { code: 'InvalidParameterException', message: 'Invalid device key given.' };
const MISSING = { code: 'ResourceNotFoundException', message: 'Device does not exist.' };

async function open(
  t: TestContext,
  DeviceConfiguration: DeviceConfigurationType | undefined = {},
  options: Parameters<typeof openHarness>[1] = {},
) {
  const harness = await openHarness(t, options);
  const made = await harness.makePool({ DeviceConfiguration });
  await addUser(harness, made, 'ann');
  const ann = { ...made, username: 'ann', password: goodPassword };
  const ref = { UserPoolId: made.UserPoolId, Username: 'ann' };
  return { harness, made, ann, ref };
}

const namesOf = ({ DeviceAttributes = [] }: DeviceType = {}) =>
  DeviceAttributes.map(({ Name }) => Name);
const valuesOf = ({ DeviceAttributes = [] }: DeviceType = {}) =>
  Object.fromEntries(DeviceAttributes.map(({ Name, Value }) => [Name, Value]));

for (const [name, database, skip] of databases) {
  suite(`devices on ${name}`, { skip }, () => {
    test('a sign-in gets a key, which the app confirms once, and which all operations show', async (t) => {
      const { harness, ann, ref } = await open(t, {}, { database });
      const { AuthenticationResult: tokens } = await startOn(harness, ann);
      const { device, confirmation } = newDevice(tokens);
      assert.match(device.key, KEY);
      assert.match(device.groupKey, /^-[A-Za-z0-9]{8}$/);
      const { AccessToken = '' } = tokens ?? {};
      const list = () => harness.call('ListDevices', { AccessToken });
      assert.deepEqual(await list(), { Devices: [] });
      const createdMs = harness.world.clock.nowMs();
      const DeviceName = 'Mara’s telephone';
      const input = { AccessToken, ...confirmation, DeviceName };
      const from: Caller = { kind: 'anyone', source: '203.0.113.7' };
      const confirmed = await harness.call('ConfirmDevice', input, from);
      assert.deepEqual(confirmed, { UserConfirmationNecessary: false });
      await assert.rejects(harness.call('ConfirmDevice', input), {
        code: 'DeviceKeyExistsException',
      });
      const { Devices: [listed, ...others] = [] } = await list();
      assert.deepEqual(others, []);
      assert.deepEqual(namesOf(listed), ['device_status', 'device_name', 'last_ip_used']);
      const DeviceKey = device.key;
      const { Device } = await harness.call('GetDevice', { AccessToken, DeviceKey });
      const owner = `ann.${ann.UserPoolId}`;
      assert.deepEqual(Object.entries(valuesOf(Device)), [
        ['device_status', 'valid'],
        ['device_name', DeviceName],
        [
          'dev:device_arn',
          `arn:aws:cognito-idp:eu-west-1:${harness.world.accountId}:owner/${owner}/device/${DeviceKey}`,
        ],
        ['dev:device_owner', owner],
        ['last_ip_used', '203.0.113.7'],
        ['dev:device_remembered_status', 'remembered'],
        ['dev:device_sdk', 'aws-sdk'],
      ]);
      const dates = [Device.DeviceCreateDate, Device.DeviceLastModifiedDate];
      assert.deepEqual(dates, [createdMs / 1000, createdMs / 1000]);
      assert.equal(Device.DeviceLastAuthenticatedDate, Math.floor(createdMs / 1000));
      const shown = await harness.call('AdminGetDevice', { ...ref, DeviceKey });
      assert.deepEqual(shown, { Device });
      assert.deepEqual(await harness.call('AdminListDevices', ref), { Devices: [Device] });
    });

    test('a device is remembered and forgotten by its user and by an administrator, and by nobody else', async (t) => {
      const { harness, made, ann, ref } = await open(
        t,
        { DeviceOnlyRememberedOnUserPrompt: true },
        { database },
      );
      await addUser(harness, made, 'bob');
      const bob = { ...ann, username: 'bob' };
      const { key: DeviceKey, tokens } = await confirmedDevice(harness, ann);
      const { AccessToken = '' } = tokens;
      const others = await confirmedDevice(harness, bob);
      const status = async () =>
        valuesOf((await harness.call('GetDevice', { AccessToken, DeviceKey })).Device)[
          'dev:device_remembered_status'
        ];
      const rememberIt = { DeviceKey, DeviceRememberedStatus: 'remembered' } as const;
      const doNot = { DeviceKey, DeviceRememberedStatus: 'not_remembered' } as const;
      assert.equal(await status(), 'not_remembered');
      await harness.call('UpdateDeviceStatus', { AccessToken, ...rememberIt });
      assert.equal(await status(), 'remembered');
      await harness.call('AdminUpdateDeviceStatus', { ...ref, ...doNot });
      assert.equal(await status(), 'not_remembered');
      await harness.call('UpdateDeviceStatus', { AccessToken, DeviceKey });
      assert.equal(await status(), 'not_remembered');

      const asBob = { AccessToken: others.tokens.AccessToken ?? '' };
      const ofBob = { UserPoolId: made.UserPoolId, Username: 'bob' };
      await assert.rejects(harness.call('GetDevice', { ...asBob, DeviceKey }), MISSING);
      await assert.rejects(harness.call('ForgetDevice', { ...asBob, DeviceKey }), MISSING);
      await assert.rejects(
        harness.call('UpdateDeviceStatus', { ...asBob, ...rememberIt }),
        MISSING,
      );
      await assert.rejects(harness.call('UpdateDeviceStatus', { ...asBob, DeviceKey }), MISSING);
      await assert.rejects(harness.call('AdminGetDevice', { ...ofBob, DeviceKey }), MISSING);
      await assert.rejects(harness.call('AdminForgetDevice', { ...ofBob, DeviceKey }), MISSING);
      await assert.rejects(
        harness.call('AdminUpdateDeviceStatus', { ...ofBob, ...rememberIt }),
        MISSING,
      );
      assert.equal(await status(), 'not_remembered');

      await harness.call('ForgetDevice', { AccessToken, DeviceKey });
      await assert.rejects(harness.call('ForgetDevice', { AccessToken, DeviceKey }), MISSING);
      assert.deepEqual(await harness.call('ListDevices', { AccessToken }), { Devices: [] });
      await harness.call('AdminForgetDevice', { ...ofBob, DeviceKey: others.key });
      assert.deepEqual(await harness.call('AdminListDevices', ofBob), { Devices: [] });
    });

    test('what was begun on a forgotten device ends; the session that forgets its own goes on until its token expires', async (t) => {
      const { harness, ann, ref } = await open(t, {}, { database });
      const lost = await confirmedDevice(harness, ann);
      const own = await confirmedDevice(harness, ann);
      const AccessToken = own.tokens.AccessToken ?? '';
      const ofLost = { AccessToken: lost.tokens.AccessToken ?? '' };
      const refresh = ({ key, tokens }: typeof own) =>
        harness.call('GetTokensFromRefreshToken', {
          ...{ ClientId: ann.ClientId, RefreshToken: tokens.RefreshToken ?? '', DeviceKey: key },
        });
      await refresh(lost);
      await harness.call('ForgetDevice', { AccessToken, DeviceKey: lost.key });
      const ended = { code: 'NotAuthorizedException' };
      await assert.rejects(harness.call('GetUser', ofLost), ended);
      await assert.rejects(refresh(lost), ended);
      const again = createDeviceVerifier(lost.key, lost.groupKey);
      const { DeviceSecretVerifierConfig } = again;
      const confirmation = { DeviceKey: lost.key, DeviceSecretVerifierConfig };
      await assert.rejects(harness.call('ConfirmDevice', { ...ofLost, ...confirmation }), ended);
      await refresh(own);
      await harness.call('ForgetDevice', { AccessToken, DeviceKey: own.key });
      await harness.call('GetUser', { AccessToken });
      await assert.rejects(refresh(own), { ...ended, message: 'Invalid Refresh Token' });
      const third = await confirmedDevice(harness, ann);
      await harness.call('AdminForgetDevice', { ...ref, DeviceKey: third.key });
      const { AccessToken: ofThird = '' } = third.tokens;
      await assert.rejects(harness.call('GetUser', { AccessToken: ofThird }), ended);
    });

    test('of eight who confirm one device at once, one does', async (t) => {
      const { harness, ann } = await open(t, {}, { database });
      const { AuthenticationResult: tokens } = await startOn(harness, ann);
      const AccessToken = tokens?.AccessToken ?? '';
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, () =>
          harness.call('ConfirmDevice', { AccessToken, ...newDevice(tokens).confirmation }),
        ),
      );
      const confirmed = outcomes.filter(({ status }) => status === 'fulfilled');
      assert.equal(confirmed.length, 1);
      const { Devices } = await harness.call('ListDevices', { AccessToken });
      assert.equal(Devices?.length, 1);
    });
  });
}

test('only the device of the very session is confirmed, with a verifier that asks for a password', async (t) => {
  const { harness, ann } = await open(t);
  const { AuthenticationResult: tokens } = await startOn(harness, ann);
  const AccessToken = tokens?.AccessToken ?? '';
  const { confirmation } = newDevice(tokens);
  const other = newDevice((await startOn(harness, ann)).AuthenticationResult);
  const confirm = (change: object) =>
    harness.call('ConfirmDevice', { AccessToken, ...confirmation, ...change });
  const { DeviceSecretVerifierConfig: config } = confirmation;
  const bytes = (value: bigint) => {
    const hex = value.toString(16);
    const even = hex.length % 2 === 0 ? hex : `0${hex}`;
    return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex').toString('base64');
  };
  const verifier = (PasswordVerifier: string | undefined) => ({
    DeviceSecretVerifierConfig: { ...config, PasswordVerifier },
  });
  const salt = (Salt: string | undefined) => ({
    DeviceSecretVerifierConfig: { ...config, Salt },
  });
  for (const change of [
    { DeviceKey: other.device.key },
    { DeviceKey: 'eu-west-1_0000' },
    { DeviceSecretVerifierConfig: undefined },
    { DeviceSecretVerifierConfig: {} },
    ...[0n, 1n, groupPrime - 1n, groupPrime, groupPrime + 5n].map((v) => verifier(bytes(v))),
    verifier(undefined),
    verifier(''),
    verifier('not base64!'),
    verifier(Buffer.alloc(400, 1).toString('base64')),
    salt(undefined),
    salt('='),
    salt(Buffer.alloc(65, 1).toString('base64')),
  ]) {
    await assert.rejects(confirm(change), INVALID, JSON.stringify(change));
  }
  const negative = Buffer.alloc(16, 0xff).toString('base64');
  const code = 'InvalidParameterException';
  await assert.rejects(confirm(salt(negative)), {
    code,
    message: 'Negative value passed for salt',
  });
  await assert.rejects(confirm(verifier(negative)), {
    ...{ code, message: 'Negative value passed for verifier' },
  });
  assert.deepEqual(await harness.call('ListDevices', { AccessToken }), { Devices: [] });
  await confirm(verifier(bytes(groupPrime - 2n)));
});

test('a pool that does not tell devices apart gives no keys, and confirms none', async (t) => {
  const { harness, made, ann } = await open(t);
  const { AuthenticationResult: before } = await startOn(harness, ann);
  const { confirmation } = newDevice(before);
  await harness.call('UpdateUserPool', { UserPoolId: made.UserPoolId });
  const { AuthenticationResult: after } = await startOn(harness, ann, { key: 'what ever' });
  assert.equal(after?.NewDeviceMetadata, undefined);
  const AccessToken = before?.AccessToken ?? '';
  await assert.rejects(harness.call('ConfirmDevice', { AccessToken, ...confirmation }), {
    ...{ code: 'InvalidUserPoolConfigurationException' },
    message: 'Device tracking is not enabled for this user pool.',
  });
});

test('a device that the app calls nothing, seen from nowhere, has no name and no address', async (t) => {
  const { harness, ann } = await open(t);
  const { key: DeviceKey, tokens } = await confirmedDevice(harness, ann);
  const { Device } = await harness.call('GetDevice', {
    ...{ AccessToken: tokens.AccessToken, DeviceKey },
  });
  assert(!namesOf(Device).includes('device_name'));
  assert(!namesOf(Device).includes('last_ip_used'));
});

test('a list is read page by page, by its own user', async (t) => {
  const { harness, ann, ref } = await open(t);
  const keys: string[] = [];
  let AccessToken = '';
  for (let count = 0; count < 3; count += 1) {
    harness.advance(1_000);
    const { key, tokens } = await confirmedDevice(harness, ann);
    keys.push(key);
    AccessToken = tokens.AccessToken ?? '';
  }
  const first = await harness.call('ListDevices', { AccessToken, Limit: 2 });
  const { PaginationToken } = first;
  const second = await harness.call('ListDevices', { AccessToken, Limit: 2, PaginationToken });
  const listed = [...(first.Devices ?? []), ...(second.Devices ?? [])];
  assert.deepEqual(
    listed.map(({ DeviceKey }) => DeviceKey),
    keys,
  );
  assert.equal(second.PaginationToken, undefined);
  await harness.refuses(
    'AdminListDevices',
    { ...ref, PaginationToken },
    'InvalidParameterException',
  );
  const whole = await harness.call('AdminListDevices', { ...ref, Limit: 0 });
  assert.equal(whole.Devices?.length, 3);
});

test('whom nobody knows has no devices', async (t) => {
  const { harness, made, ann } = await open(t);
  const { key: DeviceKey } = await confirmedDevice(harness, ann);
  const nobody = { UserPoolId: made.UserPoolId, Username: 'nobody', DeviceKey };
  const noUser = ['ResourceNotFoundException', 'User does not exist.'] as const;
  await harness.refuses('AdminGetDevice', nobody, ...noUser);
  await harness.refuses('AdminListDevices', nobody, ...noUser);
  await harness.refuses('AdminForgetDevice', nobody, 'UserNotFoundException');
  await harness.refuses('AdminUpdateDeviceStatus', nobody, 'UserNotFoundException');
  await harness.refuses('GetDevice', { DeviceKey }, 'NotAuthorizedException');
  await harness.refuses('ForgetDevice', { DeviceKey }, 'NotAuthorizedException');
});
