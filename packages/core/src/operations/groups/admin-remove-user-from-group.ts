import { refOf, requireUser } from '../../users/find-user.ts';
import { requireGroup } from '../../pools/require-group.ts';
import { requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/** Takes a user out of a group; no error when not in it. Source: API model, AdminRemoveUserFromGroup; behaviour.md 10. */
export const adminRemoveUserFromGroup = operation('AdminRemoveUserFromGroup', {
  needs: ['pools', 'users', 'groups'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const user = await requireUser(ctx, pool, input.Username);
    const group = await requireGroup(ctx, pool.id, input.GroupName);
    await ctx.stores.groups.removeMember(refOf(user), group.name);
    return {};
  },
});
