import { requirePool } from '../../pools/require.ts';
import { toGroupType } from '../../domain/users/group-shapes.ts';
import type { Group } from '../../domain/users/group.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Source: behaviour.md 10. */
const MOST_GROUPS = 10_000;

/** Makes a group. Source: API model, CreateGroup; behaviour.md 10. */
export const createGroup = operation('CreateGroup', {
  needs: ['pools', 'groups'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const group: Group = {
      poolId: pool.id,
      name: input.GroupName,
      description: input.Description,
      roleArn: input.RoleArn,
      precedence: input.Precedence,
      createdAtMs: ctx.nowMs,
      modifiedAtMs: ctx.nowMs,
    };
    await ctx.atomically(async (tx) => {
      if ((await tx.stores.groups.count(pool.id)) >= MOST_GROUPS) {
        tx.fail('LimitExceededException', messages.tooManyGroups(MOST_GROUPS));
      }
      if (!(await tx.stores.groups.createIfAbsent(group))) {
        tx.fail('GroupExistsException', messages.groupExists);
      }
    });
    return { Group: toGroupType(group) };
  },
});
