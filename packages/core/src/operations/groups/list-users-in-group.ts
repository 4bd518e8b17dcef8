import { readPageToken, writePageToken } from '../../paging.ts';
import { requireGroup } from '../../pools/require-group.ts';
import { requirePool } from '../../pools/require.ts';
import { toUserType } from '../../domain/users/user-shapes.ts';
import { operation } from '../../operation.ts';

/** Lists a group's members; a limit of 0 means 60. Source: API model, ListUsersInGroup; behaviour.md 10. */
export const listUsersInGroup = operation('ListUsersInGroup', {
  needs: ['pools', 'groups'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const { name } = await requireGroup(ctx, pool.id, input.GroupName);
    const context = ['ListUsersInGroup', pool.id, name] as const;
    const after = await readPageToken<string>(ctx, pool.id, context, input.NextToken);
    const page = await ctx.stores.groups.members(pool.id, name, input.Limit || 60, after);
    return {
      Users: page.items.map((user) => toUserType(user)),
      NextToken: await writePageToken(ctx, pool.id, context, page.after),
    };
  },
});
