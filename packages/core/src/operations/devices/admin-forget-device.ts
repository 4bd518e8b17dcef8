import { forgetDevice } from '../../devices/own-devices.ts';
import { operation } from '../../operation.ts';
import { requirePool } from '../../pools/require.ts';
import { requireUser } from '../../users/find-user.ts';

/** Forgets a device of a user, and ends its sessions. Source: API model, AdminForgetDevice; ADR 32. */
export const adminForgetDevice = operation('AdminForgetDevice', {
  needs: ['pools', 'users', 'sessions', 'devices'],
  async run(ctx, { UserPoolId, Username, DeviceKey }) {
    const pool = await requirePool(ctx, UserPoolId);
    const user = await requireUser(ctx, pool, Username);
    await forgetDevice(ctx, { pool, user }, DeviceKey);
    return {};
  },
});
