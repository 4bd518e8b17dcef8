import { confirmedDevice, newDevice, STANDING_IN, startOn } from './devices.ts';
import type { FactorCase, Stage } from './factor-tasks.ts';
import { goodPassword } from './signed-in.ts';

const REMEMBERED_ON_PROMPT = {
  DeviceConfiguration: {
    ChallengeRequiredOnNewDevice: true,
    DeviceOnlyRememberedOnUserPrompt: true,
  },
} as const;

const adaOf = ({ made }: Stage) => ({ ...made, username: 'ada', password: goodPassword });

const confirming: FactorCase['prepare'] = async (stage) => {
  const { AuthenticationResult: tokens } = await startOn(stage.harness, adaOf(stage));
  const { AccessToken = '' } = tokens ?? {};
  return () =>
    stage.harness.call('ConfirmDevice', { AccessToken, ...newDevice(tokens).confirmation });
};

const LOSES = 'tells nobody: whoever loses a device is asked for more';

/** The operations on devices, with the ways in which they change a factor. */
export const devicePaths = {
  ForgetDevice: LOSES,
  AdminForgetDevice: LOSES,
  ConfirmDevice: [
    {
      name: 'a device that stands in for a code',
      pool: STANDING_IN,
      prepare: confirming,
      tells: ['device-remembered'],
    },
    {
      name: 'a device that its user has to remember first',
      pool: REMEMBERED_ON_PROMPT,
      prepare: confirming,
      tells: [],
    },
    {
      name: 'a device that stands in for nothing',
      pool: { DeviceConfiguration: {} },
      prepare: confirming,
      tells: [],
    },
  ],
  UpdateDeviceStatus: [
    {
      name: 'remembered',
      pool: REMEMBERED_ON_PROMPT,
      async prepare(stage) {
        const { key: DeviceKey, tokens } = await confirmedDevice(stage.harness, adaOf(stage));
        const { AccessToken = '' } = tokens;
        return () =>
          stage.harness.call('UpdateDeviceStatus', {
            ...{ AccessToken, DeviceKey, DeviceRememberedStatus: 'remembered' },
          });
      },
      tells: ['device-remembered'],
    },
  ],
  AdminUpdateDeviceStatus: [
    {
      name: 'remembered',
      pool: REMEMBERED_ON_PROMPT,
      async prepare(stage) {
        const { key: DeviceKey } = await confirmedDevice(stage.harness, adaOf(stage));
        return () =>
          stage.harness.call('AdminUpdateDeviceStatus', {
            ...{ ...stage.named, DeviceKey, DeviceRememberedStatus: 'remembered' },
          });
      },
      tells: ['device-remembered'],
    },
    {
      name: 'remembered already, or not any more',
      pool: STANDING_IN,
      async prepare(stage) {
        const { key: DeviceKey } = await confirmedDevice(stage.harness, adaOf(stage));
        return async () => {
          for (const DeviceRememberedStatus of ['remembered', 'not_remembered'] as const) {
            await stage.harness.call('AdminUpdateDeviceStatus', {
              ...{ ...stage.named, DeviceKey, DeviceRememberedStatus },
            });
          }
        };
      },
      tells: [],
    },
  ],
} as const satisfies Readonly<Record<string, typeof LOSES | readonly FactorCase[]>>;
