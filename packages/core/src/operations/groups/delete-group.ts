import { requirePool } from '../../pools/require.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Deletes a group; its members stay users. Source: API model, DeleteGroup. */
export const deleteGroup = operation('DeleteGroup', {
  needs: ['pools', 'groups'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const deleted = await ctx.stores.groups.delete(pool.id, input.GroupName, ctx.nowMs);
    return deleted ? {} : ctx.fail('ResourceNotFoundException', messages.groupNotFound);
  },
});
