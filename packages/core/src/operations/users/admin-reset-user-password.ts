import { changeUser } from '../../directory/users/change-user.ts';
import { sendCode } from '../../directory/codes/codes.ts';
import { refOf, requireUser } from '../../directory/users/find-user.ts';
import { requirePool } from '../../directory/pools/require.ts';
import { recoveryDestination } from '../../domain/passwords/recovery.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/**
 * Makes a user choose a new password: the old one opens nothing any more, sessions end, and a code goes to the address
 * by which the user recovers. Source: API model, AdminResetUserPassword; behaviour.md 5.7; security.md A14.
 */
export const adminResetUserPassword = operation('AdminResetUserPassword', {
  needs: ['pools', 'users', 'codes', 'outbox', 'tokenFamilies'],
  run: async (cx, { UserPoolId, Username }) => {
    const pool = await requirePool(cx, UserPoolId);
    const found = await requireUser(cx, pool, Username);
    await cx.atomically(async (tx) => {
      const user = await changeUser(tx, pool, found, (current) => {
        if (!current.enabled) return { refusal: messages.userDisabled };
        if (current.status !== 'CONFIRMED' && current.status !== 'RESET_REQUIRED') {
          return { refusal: messages.notResettable };
        }
        return { ...current, status: 'RESET_REQUIRED', signedOutAtMs: cx.nowMs };
      });
      const recovery = recoveryDestination(pool, user);
      if (recovery.kind === 'administrator') {
        return cx.fail('NotAuthorizedException', messages.administratorResets);
      }
      if (recovery.kind === 'nowhere') {
        return cx.fail('InvalidParameterException', messages.noRecoveryAddress);
      }
      const { attribute, destination } = recovery;
      await sendCode(tx, {
        pool,
        user,
        purpose: 'reset-password',
        occasion: 'ForgotPassword',
        attribute,
        destination,
        clientId: '',
      });
      await tx.stores.tokenFamilies.revokeAllOf(refOf(user), cx.nowMs);
    });
    return {};
  },
});
