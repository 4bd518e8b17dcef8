import type { DeviceType } from '@poolhouse/model';
import { sealedPlaces, type PoolSecrets } from '../crypto/index.ts';
import type { Device } from '../domain/devices/device.ts';
import { toDevice, toListedDevice } from '../domain/devices/device-shapes.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';
import { readPageToken, writePageToken } from '../paging.ts';
import type { DevicePosition } from '../ports/stores/devices.ts';
import { openLastUse } from '../tokens/last-use.ts';
import { refOf } from '../users/find-user.ts';

/** A user and the pool. */
export interface DeviceOwner {
  readonly pool: Pool;
  readonly user: User;
}

/** The most that are shown at once. Source: API model, QueryLimitType. */
const PAGE_SIZE = 60;

/** The user's device of this key; one of somebody else is missing in the same way. */
export async function requireDevice(
  ctx: TransactionContext<'ResourceNotFoundException', 'devices'>,
  { user }: DeviceOwner,
  key: string,
): Promise<Device> {
  const found = await ctx.stores.devices.get(refOf(user), key);
  return found ?? ctx.fail('ResourceNotFoundException', messages.deviceNotFound);
}

/** A device as GetDevice and the administrator's operations show it. */
export async function showDevice(
  ctx: OperationContext<never, never>,
  owner: DeviceOwner,
  device: Device,
): Promise<DeviceType> {
  return toDevice(device, surroundings(ctx, owner, await ctx.secretsOf(owner.pool.id), device));
}

/** Which list is read, and how much of it. */
export interface DeviceList extends DeviceOwner {
  readonly operation: 'ListDevices' | 'AdminListDevices';
  readonly limit: number | undefined;
  readonly token: string | undefined;
}

/** A page of the user's confirmed devices, oldest first; a limit of 0 means 60. Source: settings.md 10#3, 10#4, 10#6; the order is [unsure]. */
export async function listDevices(
  ctx: OperationContext<'InvalidParameterException', 'devices'>,
  { operation, limit, token, ...owner }: DeviceList,
): Promise<{ readonly Devices: DeviceType[]; readonly PaginationToken?: string }> {
  const { pool, user } = owner;
  const context = [operation, pool.id, user.sub] as const;
  const after = await readPageToken<DevicePosition>(ctx, pool.id, context, token);
  const page = await ctx.stores.devices.list(refOf(user), limit || PAGE_SIZE, after);
  const secrets = await ctx.secretsOf(pool.id);
  const shape = operation === 'ListDevices' ? toListedDevice : toDevice;
  return {
    Devices: page.items.map((device) => shape(device, surroundings(ctx, owner, secrets, device))),
    PaginationToken: await writePageToken(ctx, pool.id, context, page.after),
  };
}

/**
 * Forgets a device, and ends what was begun on it: whoever has it now neither refreshes nor confirms it again. `exceptSessionId` is the session
 * that asks for it, whose access token stays good until it expires. Source: API model, ForgetDevice; that sessions end is ours (ADR 32).
 */
export async function forgetDevice(
  ctx: OperationContext<'ResourceNotFoundException', 'devices' | 'sessions' | 'users'>,
  { user }: DeviceOwner,
  key: string,
  exceptSessionId?: string,
): Promise<void> {
  await ctx.atomically(async (tx) => {
    // Nobody confirms it meanwhile.
    await tx.stores.users.lockForUpdate(refOf(user));
    if (!(await tx.stores.devices.delete(refOf(user), key))) {
      tx.fail('ResourceNotFoundException', messages.deviceNotFound);
    }
    await tx.stores.sessions.revokeOfDevice(refOf(user), key, tx.nowMs, exceptSessionId);
  });
}

/** Says whether a device is remembered; nothing changes where nothing is said [unsure]. Source: API model, UpdateDeviceStatus. */
export async function setRemembered(
  ctx: TransactionContext<'ResourceNotFoundException', 'devices'>,
  owner: DeviceOwner,
  key: string,
  status: 'remembered' | 'not_remembered' | undefined,
): Promise<void> {
  if (status === undefined) return void (await requireDevice(ctx, owner, key));
  const isRemembered = status === 'remembered';
  const { devices } = ctx.stores;
  if (!(await devices.setRemembered(refOf(owner.user), key, isRemembered, ctx.nowMs))) {
    ctx.fail('ResourceNotFoundException', messages.deviceNotFound);
  }
}

function surroundings(
  ctx: OperationContext<never, never>,
  { pool, user }: DeviceOwner,
  secrets: PoolSecrets,
  { sub, key, sealedLastUse }: Device,
) {
  const { accountId } = ctx.world;
  const { address } = openLastUse(secrets, sealedPlaces.deviceUse(sub, key), sealedLastUse);
  return { pool, user, accountId, address };
}
