import { changeUser } from '../../users/change-user.ts';
import { requireUser } from '../../users/find-user.ts';
import { forgetCodes } from '../../codes/forget-codes.ts';
import { requirePool } from '../../pools/require.ts';
import { requireNoTrigger } from '../../triggers/fail-closed.ts';
import { tell } from '../../triggers/tell.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/**
 * Confirms a sign-up without a code; it proves no address. Source: API model, AdminConfirmSignUp; behaviour.md 5.1.
 */
export const adminConfirmSignUp = operation('AdminConfirmSignUp', {
  needs: ['pools', 'users', 'codes'],
  run: async (ctx, { UserPoolId, Username }) => {
    const pool = await requirePool(ctx, UserPoolId);
    const user = await requireUser(ctx, pool, Username);
    requireNoTrigger(ctx, pool, 'PostConfirmation');
    await ctx.atomically(async (tx) => {
      await changeUser(tx, pool, user, (current) =>
        current.status === 'UNCONFIRMED'
          ? { ...current, status: 'CONFIRMED' }
          : { refusal: messages.cannotBeConfirmed(current.status) },
      );
      await forgetCodes(tx, user, { purpose: 'confirm-sign-up' });
    });
    tell(ctx, { kind: 'confirmation', pool, client: undefined, user });
    return {};
  },
});
