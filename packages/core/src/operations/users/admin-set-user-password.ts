import { changeUser } from '../../directory/users/change-user.ts';
import { refOf, requireUser } from '../../directory/users/find-user.ts';
import { forgetCodes } from '../../directory/codes/forget-codes.ts';
import {
  requireNewPassword,
  requirePolicy,
  sealPassword,
} from '../../directory/passwords/password.ts';
import { replacePassword } from '../../directory/passwords/replace-password.ts';
import { requirePool } from '../../directory/pools/require.ts';
import { temporaryPasswordEndsAtMs } from '../../domain/passwords/temporary-password-validity.ts';
import { operation } from '../../operation.ts';

/**
 * Gives a user a permanent or a temporary password, whatever its status. Whoever was signed in is out, and codes that
 * would replace the password are dead. Source: API model, AdminSetUserPassword; behaviour.md 5.1, 5.7; security.md A14.
 */
export const adminSetUserPassword = operation('AdminSetUserPassword', {
  needs: ['pools', 'users', 'codes', 'tokenFamilies'],
  run: async (cx, { UserPoolId, Username, Password, Permanent = false }) => {
    const pool = await requirePool(cx, UserPoolId);
    const user = await requireUser(cx, pool, Username);
    requirePolicy(cx, pool, Password);
    await requireNewPassword(cx, pool, user, Password);
    const sealed = await sealPassword(cx, pool, user, Password);
    const endsAtMs = Permanent ? undefined : temporaryPasswordEndsAtMs(pool, cx.nowMs);
    await cx.atomically(async (tx) => {
      await changeUser(tx, pool, user, (current) => ({
        ...replacePassword(pool, current, sealed, endsAtMs),
        status: Permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD',
        signedOutAtMs: cx.nowMs,
      }));
      await forgetCodes(tx, user, { purpose: 'reset-password' });
      await forgetCodes(tx, user, { purpose: 'confirm-sign-up' });
      await tx.stores.tokenFamilies.revokeAllOf(refOf(user), cx.nowMs);
    });
    return {};
  },
});
