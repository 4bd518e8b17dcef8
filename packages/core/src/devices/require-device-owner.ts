import { messages } from '../domain/texts.ts';
import type { TransactionContext } from '../operation.ts';
import { requirePool } from '../pools/require.ts';
import { findUser } from '../users/find-user.ts';
import type { DeviceOwner } from './own-devices.ts';

/** The user whom an administrator names, where the API declares no UserNotFoundException: with its text [unsure]. */
export async function requireDeviceOwner(
  ctx: TransactionContext<'ResourceNotFoundException', 'pools' | 'users'>,
  userPoolId: string,
  username: string,
): Promise<DeviceOwner> {
  const pool = await requirePool(ctx, userPoolId);
  const user = await findUser(ctx, pool, username);
  return { pool, user: user ?? ctx.fail('ResourceNotFoundException', messages.userNotFound) };
}
