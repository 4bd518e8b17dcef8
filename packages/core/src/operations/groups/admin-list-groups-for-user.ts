import { refOf, requireUser } from '../../users/find-user.ts';
import { readPageToken, writePageToken } from '../../paging.ts';
import { requirePool } from '../../pools/require.ts';
import { toGroupType } from '../../domain/users/group-shapes.ts';
import { operation } from '../../operation.ts';

/** Lists a user's groups by name; a limit of 0 means 60. Source: API model, AdminListGroupsForUser; behaviour.md 10. */
export const adminListGroupsForUser = operation('AdminListGroupsForUser', {
  needs: ['pools', 'users', 'groups'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const user = await requireUser(ctx, pool, input.Username);
    const context = ['AdminListGroupsForUser', pool.id, user.sub] as const;
    const after = await readPageToken<string>(ctx, pool.id, context, input.NextToken);
    const page = await ctx.stores.groups.listOfUser(refOf(user), input.Limit || 60, after);
    return {
      Groups: page.items.map(toGroupType),
      NextToken: await writePageToken(ctx, pool.id, context, page.after),
    };
  },
});
