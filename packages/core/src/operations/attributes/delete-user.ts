import { refOf } from '../../users/find-user.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';

/**
 * Deletes the signed-in user with everything that hangs on it. Source: API model, DeleteUser; security.md A23.
 */
export const deleteUser = operation('DeleteUser', {
  needs: ['pools', 'clients', 'users', 'sessions'],
  run: async (ctx, { AccessToken }) => {
    const { user } = await requireSignedIn(ctx, AccessToken);
    await ctx.stores.users.delete(refOf(user), ctx.nowMs);
    return {};
  },
});
