import { refOf, requireUser } from '../../users/find-user.ts';
import { requirePool } from '../../pools/require.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Source: behaviour.md 10. */
const MOST_GROUPS_OF_USER = 100;

/**
 * Puts a user in a group; again is no error. The API declares no LimitExceededException here, so that the limit of
 * groups per user answers InvalidParameterException (unsure). Source: API model, AdminAddUserToGroup; behaviour.md 10.
 */
export const adminAddUserToGroup = operation('AdminAddUserToGroup', {
  needs: ['pools', 'users', 'groups'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const user = await requireUser(ctx, pool, input.Username);
    await ctx.atomically(async ({ stores, fail }) => {
      // The user's record is locked meanwhile, so that parallel requests do not pass the limit together.
      const locked = await stores.users.change(refOf(user), (current) => current);
      if (locked.kind === 'missing') fail('UserNotFoundException', messages.userNotFound);
      const groups = await stores.groups.ofUser(pool.id, user.sub);
      const isMember = groups.some(({ name }) => name === input.GroupName);
      if (!isMember && groups.length >= MOST_GROUPS_OF_USER) {
        fail('InvalidParameterException', messages.tooManyGroupsOfUser(MOST_GROUPS_OF_USER));
      }
      const added = await stores.groups.addMember(refOf(user), input.GroupName, ctx.nowMs);
      if (added === 'missing') fail('ResourceNotFoundException', messages.groupNotFound);
    });
    return {};
  },
});
