import { requireDevice, showDevice } from '../../devices/own-devices.ts';
import { requireDeviceUser } from '../../devices/require-device-user.ts';
import { operation } from '../../operation.ts';

/** Describes a device of the signed-in user. Source: API model, GetDevice; settings.md 10#4. */
export const getDevice = operation('GetDevice', {
  needs: ['pools', 'clients', 'users', 'sessions', 'devices'],
  async run(ctx, { AccessToken, DeviceKey }) {
    const owner = await requireDeviceUser(ctx, AccessToken);
    return { Device: await showDevice(ctx, owner, await requireDevice(ctx, owner, DeviceKey)) };
  },
});
