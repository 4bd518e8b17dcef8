import { requireChanged } from '../../users/change-user.ts';
import { requireUser } from '../../users/find-user.ts';
import { requireNewPassword, requirePolicy, sealPassword } from '../../passwords/password.ts';
import { replacePassword } from '../../passwords/replace-password.ts';
import { requirePool } from '../../pools/require.ts';
import { temporaryPasswordEndsAtMs } from '../../domain/passwords/temporary-password-validity.ts';
import { operation } from '../../operation.ts';

/**
 * Gives a user a permanent or a temporary password, whatever its status. Whoever was signed in is out, and what was begun before is
 * dead. A temporary password may become the permanent one here: the administrator who knows it says so.
 * Source: API model, AdminSetUserPassword; behaviour.md 5.1, 5.7; security.md A14.
 */
export const adminSetUserPassword = operation('AdminSetUserPassword', {
  needs: ['pools', 'users', 'codes', 'sessions'],
  run: async (ctx, { UserPoolId, Username, Password, Permanent = false }) => {
    const pool = await requirePool(ctx, UserPoolId);
    const user = await requireUser(ctx, pool, Username);
    requirePolicy(ctx, pool, Password);
    await requireNewPassword(ctx, pool, user, Password);
    const sealed = await sealPassword(ctx, pool, user, Password);
    const done = await ctx.atomically((tx) =>
      replacePassword<string>(tx, {
        pool,
        user,
        sealed,
        temporaryUntilMs: Permanent ? undefined : temporaryPasswordEndsAtMs(pool, ctx.nowMs),
        change: (current) => ({
          ...current,
          status: Permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD',
        }),
      }),
    );
    requireChanged(ctx, done);
    return {};
  },
});
