import { requirePool } from '../../directory/pools/require.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Deletes a group; its members stay users. Source: API model, DeleteGroup. */
export const deleteGroup = operation('DeleteGroup', {
  needs: ['pools', 'groups'],
  async run(cx, input) {
    const pool = await requirePool(cx, input.UserPoolId);
    const deleted = await cx.stores.groups.delete(pool.id, input.GroupName, cx.nowMs);
    return deleted ? {} : cx.fail('ResourceNotFoundException', messages.groupNotFound);
  },
});
