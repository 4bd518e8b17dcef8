import { requireDevice, showDevice } from '../../devices/own-devices.ts';
import { requireDeviceOwner } from '../../devices/require-device-owner.ts';
import { operation } from '../../operation.ts';

/** Describes a device of a user. Source: API model, AdminGetDevice; settings.md 10#4. */
export const adminGetDevice = operation('AdminGetDevice', {
  needs: ['pools', 'users', 'devices'],
  async run(ctx, { UserPoolId, Username, DeviceKey }) {
    const owner = await requireDeviceOwner(ctx, UserPoolId, Username);
    return { Device: await showDevice(ctx, owner, await requireDevice(ctx, owner, DeviceKey)) };
  },
});
