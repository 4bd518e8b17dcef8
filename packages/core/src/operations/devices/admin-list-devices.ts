import { listDevices } from '../../devices/own-devices.ts';
import { requireDeviceOwner } from '../../devices/require-device-owner.ts';
import { operation } from '../../operation.ts';

/** Lists the devices of a user. Source: API model, AdminListDevices; settings.md 10#4. */
export const adminListDevices = operation('AdminListDevices', {
  needs: ['pools', 'users', 'devices'],
  async run(ctx, { UserPoolId, Username, Limit: limit, PaginationToken: token }) {
    const owner = await requireDeviceOwner(ctx, UserPoolId, Username);
    return listDevices(ctx, { operation: 'AdminListDevices', ...owner, limit, token });
  },
});
