import { PoolDouble, refuse, tokensFor } from '../testing/pool-double';
import { memoryStorage } from '../storage/token-storage';
import { withDevices } from './device-calls';
import { KeptDevices } from './kept-device';

const DEVICE = { key: 'local_1', groupKey: '-g', password: 'secret' };
const BEGIN = { ClientId: 'c', AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'Ann' } };

async function open(answers: ConstructorParameters<typeof PoolDouble>[0]) {
  const pool = new PoolDouble(answers);
  const devices = new KeptDevices(memoryStorage(), 'c');
  await devices.write('ann', DEVICE);
  return { pool, devices, call: withDevices(pool.call, devices, 'c') };
}

const keys = ({ calls }: PoolDouble) =>
  calls.map(({ input }) => (input as typeof BEGIN).AuthParameters as Record<string, string>);

it('names the device, and forgets it where the pool does not know it any more', async () => {
  const { pool, devices, call } = await open({
    InitiateAuth: ({ AuthParameters }) =>
      AuthParameters['DEVICE_KEY'] === undefined
        ? { AuthenticationResult: tokensFor() }
        : refuse('InitiateAuth', 'ResourceNotFoundException', 'Device does not exist.'),
  });
  expect((await call('InitiateAuth', BEGIN)).AuthenticationResult).toBeDefined();
  expect(keys(pool)).toEqual([{ USERNAME: 'Ann', DEVICE_KEY: 'local_1' }, { USERNAME: 'Ann' }]);
  expect(await devices.read('ann')).toBeUndefined();
});

it('forgets a device whose proof is refused, so that the next sign-in is as on a new one', async () => {
  const { devices, call } = await open({
    InitiateAuth: () => ({ ChallengeName: 'DEVICE_SRP_AUTH', Session: 's' }),
    RespondToAuthChallenge: () =>
      refuse('RespondToAuthChallenge', 'NotAuthorizedException', 'Incorrect username or password.'),
  });
  await expect(call('InitiateAuth', BEGIN)).rejects.toMatchObject({
    serviceCode: 'NotAuthorizedException',
  });
  expect(await devices.read('ann')).toBeUndefined();
});

it('keeps the device after a wrong password', async () => {
  const { devices, call } = await open({
    InitiateAuth: () =>
      refuse('InitiateAuth', 'NotAuthorizedException', 'Incorrect username or password.'),
  });
  await expect(call('InitiateAuth', BEGIN)).rejects.toMatchObject({
    serviceCode: 'NotAuthorizedException',
  });
  expect(await devices.read('ann')).toEqual(DEVICE);
});

it('signs in all the same where a new device cannot be confirmed', async () => {
  const { devices, call } = await open({
    InitiateAuth: () => ({
      AuthenticationResult: {
        ...tokensFor(),
        NewDeviceMetadata: { DeviceKey: 'local_2', DeviceGroupKey: '-g' },
      },
    }),
    ConfirmDevice: () => refuse('ConfirmDevice', 'InternalErrorException'),
  });
  expect((await call('InitiateAuth', BEGIN)).AuthenticationResult).toBeDefined();
  expect(await devices.read('ann')).toEqual(DEVICE);
});

it('knows the device in a sign-in that another tab began', async () => {
  const { pool, call } = await open({
    InitiateAuth: () => ({ ChallengeName: 'EMAIL_OTP', Session: 'here' }),
    RespondToAuthChallenge: () => ({ AuthenticationResult: tokensFor() }),
  });
  const asked = { ...BEGIN, AuthParameters: { USERNAME: 'ben' } };
  await call('InitiateAuth', asked);
  await call('RespondToAuthChallenge', {
    ...{ ClientId: 'c', ChallengeName: 'EMAIL_OTP', Session: 'elsewhere' },
    ChallengeResponses: { USERNAME: 'Ann', EMAIL_OTP_CODE: '12345678' },
  });
  expect(pool.calls.at(-1)?.input).toMatchObject({
    ChallengeResponses: { USERNAME: 'Ann', DEVICE_KEY: 'local_1' },
  });
});
