import { setRemembered } from '../../devices/own-devices.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { requireFreshSignIn } from '../../tokens/fresh-sign-in.ts';

/** Says whether a device of the signed-in user is remembered. Source: API model, UpdateDeviceStatus; behaviour.md 6.7. */
export const updateDeviceStatus = operation('UpdateDeviceStatus', {
  needs: ['pools', 'clients', 'users', 'sessions', 'devices'],
  async run(ctx, { AccessToken, DeviceKey, DeviceRememberedStatus: status }) {
    const signedIn = await requireSignedIn(ctx, AccessToken);
    // A device that is remembered may stand in for a second factor.
    if (status === 'remembered') requireFreshSignIn(ctx, signedIn);
    await setRemembered(ctx, signedIn, DeviceKey, status);
    return {};
  },
});
