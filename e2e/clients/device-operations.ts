/** The operations on devices, sent by the AWS SDK for JavaScript. A part of `aws-sdk.test.ts`, which counts what succeeded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DeviceKeyExistsException,
  ResourceNotFoundException,
  type CognitoIdentityProvider,
} from '@aws-sdk/client-cognito-identity-provider';
import { createDeviceVerifier } from 'cognito-srp-helper';
import { outputOf } from './sdk-answers.ts';
import { makeUser, PASSWORD } from './tutorial-pool.ts';

/** Tests with a pool of their own, which remembers devices once they say so. */
export function deviceOperations(
  aws: CognitoIdentityProvider,
  makePool: () => Promise<{ readonly UserPoolId: string; readonly ClientId: string }>,
): void {
  test('a device is confirmed, seen, remembered and forgotten', async () => {
    const { UserPoolId, ClientId } = await makePool();
    await makeUser(aws, UserPoolId, 'mara');
    const DeviceConfiguration = {
      ChallengeRequiredOnNewDevice: true,
      DeviceOnlyRememberedOnUserPrompt: true,
    };
    await aws.updateUserPool({ UserPoolId, DeviceConfiguration });
    const { UserPool } = await aws.describeUserPool({ UserPoolId });
    assert.deepEqual(UserPool?.DeviceConfiguration, DeviceConfiguration);
    const { AuthenticationResult: tokens } = await aws.initiateAuth({
      ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
      AuthParameters: { USERNAME: 'mara', PASSWORD },
    });
    const { DeviceKey = '', DeviceGroupKey = '' } = tokens?.NewDeviceMetadata ?? {};
    const { DeviceSecretVerifierConfig } = createDeviceVerifier(DeviceKey, DeviceGroupKey);
    const AccessToken = tokens?.AccessToken ?? '';
    const own = { AccessToken, DeviceKey };
    const confirmation = { ...own, DeviceName: 'telephone', DeviceSecretVerifierConfig };
    assert.deepEqual(await outputOf(aws.confirmDevice(confirmation)), {
      UserConfirmationNecessary: true,
    });
    await assert.rejects(aws.confirmDevice(confirmation), DeviceKeyExistsException);
    const { Device } = await aws.getDevice(own);
    assert(Device?.DeviceCreateDate instanceof Date);
    assert.equal(Device.DeviceLastAuthenticatedDate?.getMilliseconds(), 0);
    const { Devices = [] } = await aws.listDevices({ AccessToken });
    assert.deepEqual(
      Devices.map((one) => one.DeviceAttributes?.map(({ Name }) => Name)),
      [['device_status', 'device_name', 'last_ip_used']],
    );
    const user = { UserPoolId, Username: 'mara' };
    const status = 'remembered' as const;
    const remember = { DeviceKey, DeviceRememberedStatus: status };
    assert.deepEqual(await outputOf(aws.updateDeviceStatus({ ...own, ...remember })), {});
    assert.deepEqual(await outputOf(aws.adminUpdateDeviceStatus({ ...user, ...remember })), {});
    const shown = await aws.adminGetDevice({ ...user, DeviceKey });
    const { Devices: all } = await aws.adminListDevices(user);
    assert.deepEqual(all, [shown.Device]);
    await outputOf(aws.forgetDevice(own));
    await assert.rejects(aws.getDevice(own), ResourceNotFoundException);
    const { AuthenticationResult: next } = await aws.initiateAuth({
      ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
      AuthParameters: { USERNAME: 'mara', PASSWORD },
    });
    const { DeviceKey: key = '', DeviceGroupKey: group = '' } = next?.NewDeviceMetadata ?? {};
    await aws.confirmDevice({
      ...{ AccessToken: next?.AccessToken, DeviceKey: key },
      DeviceSecretVerifierConfig: createDeviceVerifier(key, group).DeviceSecretVerifierConfig,
    });
    await outputOf(aws.adminForgetDevice({ ...user, DeviceKey: key }));
    assert.deepEqual(await outputOf(aws.adminListDevices(user)), { Devices: [] });
  });
}
