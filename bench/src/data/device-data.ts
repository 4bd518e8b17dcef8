import { randomBytes } from 'node:crypto';
import type { OutputOf } from '@poolhouse/model';
import { signed, unsigned } from '../load/aws-json.ts';
import { deviceVerifier } from '../load/srp-side.ts';
import { runAll, sendOne, type Connections } from '../load/send.ts';
import { personOf } from './people.ts';

/** A pool that remembers devices, with people who have each confirmed one. */
export interface DeviceData {
  readonly poolId: string;
  readonly clientId: string;
  readonly devices: readonly KeptDevice[];
}

/** What an app keeps on a device. */
export interface KeptDevice {
  readonly username: string;
  readonly key: string;
  readonly groupKey: string;
  readonly password: string;
}

/** So many that concurrent requests are never from the same person. */
const WITH_DEVICE = 64;
const FIRST_NUMBER = 30_000_000;

/** The device as one side of SRP: the group key stands for the pool's name, and the device's key for the user's. Source: behaviour.md 6.7. */
export function sideOf({ groupKey, key, password }: KeptDevice) {
  return { poolId: `_${groupKey}`, username: key, password };
}

/** Creates the pool and its people. `signIn` gives somebody a password, and signs in. */
export async function makeDevicePool(
  port: number,
  connections: Connections,
  signIn: (
    at: Omit<DeviceData, 'devices'>,
    username: string,
  ) => Promise<OutputOf<'InitiateAuth'>['AuthenticationResult']>,
): Promise<DeviceData> {
  const { UserPool } = await sendOne<OutputOf<'CreateUserPool'>>(
    connections,
    signed(port, 'CreateUserPool', {
      PoolName: 'bench with devices',
      DeviceConfiguration: {
        ChallengeRequiredOnNewDevice: true,
        DeviceOnlyRememberedOnUserPrompt: false,
      },
    }),
  );
  const UserPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await sendOne<OutputOf<'CreateUserPoolClient'>>(
    connections,
    signed(port, 'CreateUserPoolClient', {
      UserPoolId,
      ClientName: 'bench with devices',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  const at = { poolId: UserPoolId, clientId: UserPoolClient?.ClientId ?? '' };
  const devices: KeptDevice[] = [];
  await runAll(WITH_DEVICE, 4, async (index) => {
    const { username } = personOf(FIRST_NUMBER + index);
    const user = { UserPoolId, Username: username, MessageAction: 'SUPPRESS' } as const;
    await sendOne(connections, signed(port, 'AdminCreateUser', user));
    const tokens = await signIn(at, username);
    const { DeviceKey: key = '', DeviceGroupKey: groupKey = '' } = tokens?.NewDeviceMetadata ?? {};
    const device = { username, key, groupKey, password: randomBytes(30).toString('base64') };
    await sendOne(
      connections,
      unsigned('ConfirmDevice', {
        AccessToken: tokens?.AccessToken ?? '',
        DeviceKey: key,
        DeviceSecretVerifierConfig: deviceVerifier(sideOf(device)),
      }),
    );
    devices[index] = device;
  });
  return { ...at, devices };
}
