import { setRemembered } from '../../devices/own-devices.ts';
import { operation } from '../../operation.ts';
import { requirePool } from '../../pools/require.ts';
import { requireUser } from '../../users/find-user.ts';

/** Says whether a device of a user is remembered. Source: API model, AdminUpdateDeviceStatus. */
export const adminUpdateDeviceStatus = operation('AdminUpdateDeviceStatus', {
  needs: ['pools', 'users', 'devices'],
  async run(ctx, { UserPoolId, Username, DeviceKey, DeviceRememberedStatus: status }) {
    const pool = await requirePool(ctx, UserPoolId);
    const user = await requireUser(ctx, pool, Username);
    await setRemembered(ctx, { pool, user }, DeviceKey, status);
    return {};
  },
});
