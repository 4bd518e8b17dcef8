import { requireGroup } from '../../directory/require-group.ts';
import { requirePool } from '../../directory/require.ts';
import { toGroupType } from '../../domain/group-shapes.ts';
import { operation } from '../../operation.ts';

/** Shows a group. Source: API model, GetGroup. */
export const getGroup = operation('GetGroup', {
  needs: ['pools', 'groups'],
  async run(cx, input) {
    const pool = await requirePool(cx, input.UserPoolId);
    return { Group: toGroupType(await requireGroup(cx, pool.id, input.GroupName)) };
  },
});
