import type { Group } from '../../domain/users/group.ts';
import type { PoolId } from '../../domain/ids.ts';
import { messages } from '../../domain/texts.ts';
import type { Cx } from '../../operation.ts';

/** The group, or the service's own error. Source: behaviour.md 10. */
export async function requireGroup(
  cx: Cx<'ResourceNotFoundException', 'groups'>,
  pool: PoolId,
  name: string,
): Promise<Group> {
  const group = await cx.stores.groups.get(pool, name);
  return group ?? cx.fail('ResourceNotFoundException', messages.groupNotFound);
}
