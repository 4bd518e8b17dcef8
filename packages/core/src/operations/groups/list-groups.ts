import { readPageToken, writePageToken } from '../../paging.ts';
import { requirePool } from '../../pools/require.ts';
import { toGroupType } from '../../domain/users/group-shapes.ts';
import { operation } from '../../operation.ts';

/** Lists a pool's groups by name; a limit of 0 means 60. Source: API model, ListGroups; behaviour.md 10. */
export const listGroups = operation('ListGroups', {
  needs: ['pools', 'groups'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const context = ['ListGroups', pool.id] as const;
    const after = await readPageToken<string>(ctx, pool.id, context, input.NextToken);
    const page = await ctx.stores.groups.list(pool.id, input.Limit || 60, after);
    return {
      Groups: page.items.map(toGroupType),
      NextToken: await writePageToken(ctx, pool.id, context, page.after),
    };
  },
});
