import { changeUser } from '../../users/change-user.ts';
import { refOf, requireUser } from '../../users/find-user.ts';
import { requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/** Ends all sessions of a user. Source: API model, AdminUserGlobalSignOut; behaviour.md 7.4. */
export const adminUserGlobalSignOut = operation('AdminUserGlobalSignOut', {
  needs: ['pools', 'users', 'sessions'],
  run: async (ctx, { UserPoolId, Username }) => {
    const pool = await requirePool(ctx, UserPoolId);
    const user = await requireUser(ctx, pool, Username);
    await ctx.atomically(async (tx) => {
      await changeUser(tx, pool, user, (current) => ({ ...current, signedOutAtMs: ctx.nowMs }));
      await tx.stores.sessions.revokeAllOf(refOf(user), ctx.nowMs);
    });
    return {};
  },
});
