import { requireGroup } from '../../pools/require-group.ts';
import { requirePool } from '../../pools/require.ts';
import { toGroupType } from '../../domain/users/group-shapes.ts';
import { operation } from '../../operation.ts';

/** Shows a group. Source: API model, GetGroup. */
export const getGroup = operation('GetGroup', {
  needs: ['pools', 'groups'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    return { Group: toGroupType(await requireGroup(ctx, pool.id, input.GroupName)) };
  },
});
