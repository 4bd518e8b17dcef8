import type { Device } from '../../domain/devices/device.ts';
import type { PoolId } from '../../domain/ids.ts';
import type { Page } from './page.ts';
import type { UserRef } from './users.ts';

/** The place of a device in the list of its user. */
export type DevicePosition = readonly [createdAtMs: number, key: string];

/** What a sign-in changes about the device that proved itself in it. */
export interface DeviceUse extends Pick<Device, 'sealedLastUse'> {
  readonly atMs: number;
  /** Whether it counts only if the device is still remembered. */
  readonly asRemembered: boolean;
}

/** The sealed values of a device, and where they belong. */
export type DeviceSecrets = Pick<Device, 'sub' | 'key' | 'sealedVerifier' | 'sealedLastUse'>;

/** Users' devices. They are removed with their user. */
export interface DeviceStore {
  /**
   * Adds a device unless there is one with its key. Of those that a user has beyond `most`, the ones that have not proved themselves for
   * the longest time are removed, and this one last.
   */
  add(device: Device, most: number): Promise<'added' | 'taken' | 'user-missing'>;
  get(ref: UserRef, key: string): Promise<Device | undefined>;
  /** A user's devices, oldest first, a page at a time. */
  list(ref: UserRef, limit: number, after?: DevicePosition): Promise<Page<Device, DevicePosition>>;
  /** Records a use; `false` if the device is gone, or is not remembered and should be. */
  noteUse(ref: UserRef, key: string, use: DeviceUse): Promise<boolean>;
  /** Says whether it is remembered; `false` if there is none. */
  setRemembered(ref: UserRef, key: string, isRemembered: boolean, nowMs: number): Promise<boolean>;
  delete(ref: UserRef, key: string): Promise<boolean>;
  /**
   * Replaces the sealed values of the pool's next devices, `limit` of them, with what the pure function `reseal` returns; returns where to
   * continue, or `undefined` if nothing is left to do. Nothing else about a device changes.
   */
  reseal(
    poolId: PoolId,
    limit: number,
    after: string,
    reseal: (secrets: DeviceSecrets) => DeviceSecrets,
  ): Promise<string | undefined>;
}
