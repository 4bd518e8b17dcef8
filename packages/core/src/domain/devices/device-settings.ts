import type { Pool } from '../pools/pool.ts';
import type { Device } from './device.ts';

type DevicePool = Pick<Pool, 'settings'>;

/** Whether sign-ins tell devices apart: any value of the setting turns that on. Source: API model, DeviceConfigurationType. */
export function tracksDevices({ settings }: DevicePool): boolean {
  return settings.DeviceConfiguration !== undefined;
}

/** Whether a device is remembered only once its user has said so. Source: API model, DeviceConfigurationType. */
export function asksUsers({ settings }: DevicePool): boolean {
  return settings.DeviceConfiguration?.DeviceOnlyRememberedOnUserPrompt === true;
}

/**
 * Whether the device stands in for a code from an application or a text message. For a code by mail, and for a factor that is still to be set
 * up, no device does: the service speaks only of those two. Source: API model, DeviceConfigurationType.ChallengeRequiredOnNewDevice.
 */
export function standsIn({ settings }: DevicePool, { isRemembered }: Pick<Device, 'isRemembered'>) {
  return isRemembered && settings.DeviceConfiguration?.ChallengeRequiredOnNewDevice === true;
}
