import type { Group } from '../domain/users/group.ts';
import type { PoolId } from '../domain/ids.ts';
import { messages } from '../domain/texts.ts';
import type { TransactionContext } from '../operation.ts';

/** The group, or the service's own error. Source: behaviour.md 10. */
export async function requireGroup(
  ctx: TransactionContext<'ResourceNotFoundException', 'groups'>,
  pool: PoolId,
  name: string,
): Promise<Group> {
  const group = await ctx.stores.groups.get(pool, name);
  return group ?? ctx.fail('ResourceNotFoundException', messages.groupNotFound);
}
