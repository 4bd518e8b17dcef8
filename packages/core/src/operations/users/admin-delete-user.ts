import { refOf, requireUser } from '../../users/find-user.ts';
import { requirePool } from '../../pools/require.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/**
 * Deletes a user with everything that hangs on it: names, codes, tokens, memberships.
 * Source: API model, AdminDeleteUser; security.md A23.
 */
export const adminDeleteUser = operation('AdminDeleteUser', {
  needs: ['pools', 'users'],
  run: async (ctx, { UserPoolId, Username }) => {
    const user = await requireUser(ctx, await requirePool(ctx, UserPoolId), Username);
    const deleted = await ctx.stores.users.delete(refOf(user), ctx.nowMs);
    if (!deleted) ctx.fail('UserNotFoundException', messages.userNotFound);
    return {};
  },
});
