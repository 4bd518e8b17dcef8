import type { Device } from '../domain/devices/device.ts';
import { isDeviceKey } from '../domain/devices/device-key.ts';
import { tracksDevices } from '../domain/devices/device-settings.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import type { TransactionContext } from '../operation.ts';
import { refOf } from '../users/find-user.ts';

/** The device that the app has named, if the user has one of that key. */
export type ReadDevice = (user: User) => Promise<Device | undefined>;

/** The DEVICE_KEY that an app names in a sign-in; none where the pool does not tell devices apart. */
export function namedDeviceKey(
  ctx: TransactionContext<'InvalidParameterException', never>,
  pool: Pool,
  { DEVICE_KEY: key }: Readonly<Record<string, string>>,
): string | undefined {
  if (!key || !tracksDevices(pool)) return undefined;
  return isDeviceKey(key) ? key : ctx.fail('InvalidParameterException', messages.deviceKeyInvalid);
}

/** Reads the user's device of this key when it is first asked for, and not twice. */
export function readingDeviceOnce(
  ctx: TransactionContext<never, 'devices'>,
  key: string | undefined,
): ReadDevice {
  let read: Promise<Device | undefined> | undefined;
  return async (user) => {
    if (key === undefined) return undefined;
    return (read ??= ctx.stores.devices.get(refOf(user), key));
  };
}

/**
 * Tells who has proved a password, and names a device in the same request, that the user has none of that key: the app forgets it, and gives
 * the same answer without it. After any other factor, whose answer may be good only once, such a device counts as none. Source: behaviour.md 6.7.
 */
export async function requireKnownDevice(
  ctx: TransactionContext<'ResourceNotFoundException', never>,
  {
    namesDevice,
    device,
  }: {
    readonly namesDevice: boolean;
    readonly device: ReadDevice;
  },
  user: User,
): Promise<void> {
  if (!namesDevice || (await device(user)) !== undefined) return;
  ctx.fail('ResourceNotFoundException', messages.deviceNotFound);
}
