import { changeUser } from '../../users/change-user.ts';
import { refOf, requireUser } from '../../users/find-user.ts';
import { requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/**
 * Shuts a user out: no sign-in, and all tokens revoked, for good even if the user is enabled again.
 * Source: API model, AdminDisableUser; behaviour.md 5.1; security.md A24.
 */
export const adminDisableUser = operation('AdminDisableUser', {
  needs: ['pools', 'users', 'sessions'],
  run: async (ctx, { UserPoolId, Username }) => {
    const pool = await requirePool(ctx, UserPoolId);
    const user = await requireUser(ctx, pool, Username);
    await ctx.atomically(async (tx) => {
      await changeUser(tx, pool, user, (current) => ({
        ...current,
        enabled: false,
        signedOutAtMs: ctx.nowMs,
      }));
      await tx.stores.sessions.revokeAllOf(refOf(user), ctx.nowMs);
    });
    return {};
  },
});
