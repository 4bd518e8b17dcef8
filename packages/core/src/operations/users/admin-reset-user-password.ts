import { requireChanged } from '../../users/change-user.ts';
import { draftCodes, sendCode } from '../../codes/codes.ts';
import { requireUser } from '../../users/find-user.ts';
import { replacePassword } from '../../passwords/replace-password.ts';
import { requirePool } from '../../pools/require.ts';
import { canResetPassword } from '../../domain/passwords/password-reset.ts';
import { recoveryDestination } from '../../domain/passwords/recovery.ts';
import { factorAddresses } from '../../domain/mfa/mfa.ts';
import type { User } from '../../domain/users/user.ts';
import { mfaConfiguration } from '../../mfa/configuration.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/**
 * Makes a user choose a new password: the old one opens nothing any more, sessions end, and a code goes to the address
 * by which the user recovers. Source: API model, AdminResetUserPassword; behaviour.md 5.7; security.md A14.
 */
export const adminResetUserPassword = operation('AdminResetUserPassword', {
  needs: ['pools', 'configurations', 'users', 'codes', 'outbox', 'limits', 'sessions'],
  run: async (ctx, { UserPoolId, Username }) => {
    const pool = await requirePool(ctx, UserPoolId);
    const found = await requireUser(ctx, pool, Username);
    const mfa = await mfaConfiguration(ctx, pool);
    const recoveryOf = (user: User) =>
      recoveryDestination(pool, user, factorAddresses(pool, user, mfa));
    const way = recoveryOf(found);
    const codes = await draftCodes(
      ctx,
      {
        pool,
        user: found,
        purpose: 'reset-password',
        occasion: 'ForgotPassword',
        client: undefined,
      },
      way.kind === 'address' ? [way.attribute] : [],
    );
    await ctx.atomically(async (tx) => {
      const done = await replacePassword<string>(tx, {
        pool,
        user: found,
        sealed: undefined,
        change(current) {
          if (!current.enabled) return { refusal: messages.userDisabled };
          if (!canResetPassword(current)) return { refusal: messages.notResettable };
          return { ...current, status: 'RESET_REQUIRED' };
        },
      });
      const user = requireChanged(tx, done);
      const recovery = recoveryOf(user);
      if (recovery.kind === 'administrator') {
        return ctx.fail('NotAuthorizedException', messages.administratorResets);
      }
      if (recovery.kind === 'nowhere') {
        return ctx.fail('InvalidParameterException', messages.noRecoveryAddress);
      }
      await sendCode(tx, codes, recovery);
    });
    return {};
  },
});
