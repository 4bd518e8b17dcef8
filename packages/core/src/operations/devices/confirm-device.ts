import { sealedPlaces } from '../../crypto/index.ts';
import { requireDeviceVerifier, sealDeviceVerifier } from '../../devices/device-verifier.ts';
import { asksUsers, tracksDevices } from '../../domain/devices/device-settings.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { requireFreshSignIn } from '../../tokens/fresh-sign-in.ts';
import { sealLastUse } from '../../tokens/last-use.ts';

/** Of a user; one more replaces the one that has not proved itself for the longest time. Ours (ADR 32). */
const MOST_DEVICES = 100;

/**
 * Confirms the device on which this very sign-in began, with the verifier of a password that the app keeps on it. It is remembered at once, unless
 * the pool wants its user to be asked. Source: API model, ConfirmDevice; behaviour.md 6.7; settings.md 10#2.
 */
export const confirmDevice = operation('ConfirmDevice', {
  needs: ['pools', 'clients', 'users', 'sessions', 'devices'],
  async run(ctx, { AccessToken, DeviceKey: key, DeviceName: name, DeviceSecretVerifierConfig }) {
    const signedIn = await requireSignedIn(ctx, AccessToken);
    requireFreshSignIn(ctx, signedIn);
    const { pool, client, deviceKey } = signedIn;
    const { poolId, sub } = signedIn.user;
    if (!tracksDevices(pool)) {
      ctx.fail('InvalidUserPoolConfigurationException', messages.devicesNotTracked);
    }
    if (key !== deviceKey) ctx.fail('InvalidParameterException', messages.deviceKeyInvalid);
    const verifier = requireDeviceVerifier(ctx, DeviceSecretVerifierConfig);
    const { random, nowMs } = ctx;
    const secrets = await ctx.secretsOf(poolId);
    const isAsked = asksUsers(pool);
    const device = {
      ...{ poolId, sub, key, isRemembered: !isAsked },
      ...(name !== undefined && { name }),
      sealedVerifier: sealDeviceVerifier(secrets, random, { sub, key }, verifier),
      ...{ createdAtMs: nowMs, modifiedAtMs: nowMs, lastAuthenticatedAtMs: signedIn.authTimeMs },
      ...(await sealLastUse(ctx, client, sealedPlaces.deviceUse(sub, key))),
    };
    const added = await ctx.atomically(async (tx) => {
      // The device may have been forgotten meanwhile, and this session with it.
      const user = await tx.stores.users.lockForUpdate({ poolId, sub });
      const live = user && (await tx.stores.sessions.liveUser(poolId, sub, signedIn.sessionId));
      return live?.session === 'live' ? tx.stores.devices.add(device, MOST_DEVICES) : 'ended';
    });
    switch (added) {
      case 'taken':
        return ctx.fail('DeviceKeyExistsException', messages.deviceKeyTaken);
      case 'ended':
      case 'user-missing':
        return ctx.fail('NotAuthorizedException', messages.accessTokenInvalid);
      case 'added':
        return { UserConfirmationNecessary: isAsked };
    }
  },
});
