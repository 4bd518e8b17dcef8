import { forgetDevice as forget } from '../../devices/own-devices.ts';
import { requireDeviceUser } from '../../devices/require-device-user.ts';
import { operation } from '../../operation.ts';

/** Forgets a device of the signed-in user, and ends its sessions but for the one that asks. Source: API model, ForgetDevice; ADR 32. */
export const forgetDevice = operation('ForgetDevice', {
  needs: ['pools', 'clients', 'users', 'sessions', 'devices'],
  async run(ctx, { AccessToken, DeviceKey }) {
    const owner = await requireDeviceUser(ctx, AccessToken);
    await forget(ctx, owner, DeviceKey, owner.sessionId);
    return {};
  },
});
