import type { AttributeType, DeviceType } from '@poolhouse/model';
import type { Pool } from '../pools/pool.ts';
import type { User } from '../users/user.ts';
import type { Device } from './device.ts';

/** What else the shape of a device needs. */
export interface DeviceSurroundings {
  readonly pool: Pick<Pool, 'id' | 'region'>;
  readonly user: Pick<User, 'username'>;
  readonly accountId: string;
  /** The address of its last use. */
  readonly address?: string | undefined;
}

/** A device in the list of its own user, which says less of it than all other answers. Source: settings.md 10#3. */
export function toListedDevice(device: Device, { address }: DeviceSurroundings): DeviceType {
  return shape(device, [...nameOf(device), ...addressOf(address)]);
}

/** A device as all other answers show it, its attributes in the service's order. Source: settings.md 10#4, 10#5. */
export function toDevice(
  device: Device,
  { pool, user, accountId, address }: DeviceSurroundings,
): DeviceType {
  const owner = `${user.username}.${pool.id}`;
  return shape(device, [
    ...nameOf(device),
    attribute(
      'dev:device_arn',
      `arn:aws:cognito-idp:${pool.region}:${accountId}:owner/${owner}/device/${device.key}`,
    ),
    attribute('dev:device_owner', owner),
    ...addressOf(address),
    attribute(
      'dev:device_remembered_status',
      device.isRemembered ? 'remembered' : 'not_remembered',
    ),
    attribute('dev:device_sdk', 'aws-sdk'),
  ]);
}

function shape(device: Device, attributes: readonly AttributeType[]): DeviceType {
  return {
    DeviceKey: device.key,
    DeviceAttributes: [attribute('device_status', 'valid'), ...attributes],
    DeviceCreateDate: device.createdAtMs,
    DeviceLastModifiedDate: device.modifiedAtMs,
    // To the second.
    DeviceLastAuthenticatedDate: Math.floor(device.lastAuthenticatedAtMs / 1000) * 1000,
  };
}

function nameOf({ name }: Device): readonly AttributeType[] {
  return name === undefined ? [] : [attribute('device_name', name)];
}

function addressOf(address: string | undefined): readonly AttributeType[] {
  return address === undefined ? [] : [attribute('last_ip_used', address)];
}

function attribute(Name: string, Value: string): AttributeType {
  return { Name, Value };
}
