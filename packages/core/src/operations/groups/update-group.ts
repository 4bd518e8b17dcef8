import { requirePool } from '../../pools/require.ts';
import { toGroupType } from '../../domain/users/group-shapes.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Changes what the request names and leaves the rest of the group as it is (unsure). Source: API model, UpdateGroup. */
export const updateGroup = operation('UpdateGroup', {
  needs: ['pools', 'groups'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const changed = await ctx.stores.groups.change(pool.id, input.GroupName, (group) => ({
      ...group,
      description: input.Description ?? group.description,
      roleArn: input.RoleArn ?? group.roleArn,
      precedence: input.Precedence ?? group.precedence,
      modifiedAtMs: ctx.nowMs,
    }));
    return changed
      ? { Group: toGroupType(changed) }
      : ctx.fail('ResourceNotFoundException', messages.groupNotFound);
  },
});
