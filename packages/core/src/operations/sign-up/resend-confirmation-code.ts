import { requireSecretHash } from '../../pools/client-secret.ts';
import { draftCodes } from '../../codes/codes.ts';
import { pretendToSendCode, sendCodeAskedFor } from '../../codes/decoy-codes.ts';
import { refOf } from '../../users/find-user.ts';
import { findNamed } from '../../codes/find-named.ts';
import { onTrial, type Trial } from '../../limits/trial.ts';
import { requireOwnCodes } from '../../triggers/fail-closed.ts';
import { recordEvent } from '../../protection/record-event.ts';
import { tell } from '../../triggers/tell.ts';
import { requireClient } from '../../pools/require.ts';
import { autoVerified, confirmationAddress } from '../../domain/attributes/confirmation-address.ts';
import { messages } from '../../domain/texts.ts';
import { hidesUsers } from '../../domain/clients/user-existence.ts';
import type { User } from '../../domain/users/user.ts';
import { operation, type TransactionContext } from '../../operation.ts';

/** Sends a new code to a user who signed up; the former one is dead. Source: behaviour.md 5.3, 6.5. */
export const resendConfirmationCode = operation('ResendConfirmationCode', {
  needs: ['pools', 'clients', 'users', 'codes', 'limits', 'outbox', 'authEvents'],
  async run(ctx, input) {
    const { pool, client } = await requireClient(ctx, input.ClientId);
    await requireSecretHash(ctx, client, input.Username, input.SecretHash);
    const ways = autoVerified(pool);
    if (ways.length === 0) ctx.fail('InvalidParameterException', messages.nobodyToResendTo);
    requireOwnCodes(ctx, pool, client, ways);
    return onTrial(ctx, async (trial) => {
      const named = { pool, client, username: input.Username };
      const { user, decoy } = await findNamed(ctx, trial, named, 'ResendConfirmationCode');
      const request = {
        pool,
        purpose: 'confirm-sign-up',
        occasion: 'ResendCode',
        client,
      } as const;
      const asked = { pool, client, kind: 'ResendCode' } as const;
      const address = user && confirmationAddress(pool, user);
      if (!awaitsCode(user) || address === undefined) {
        if (!hidesUsers(client)) return refuse(ctx, trial, user);
        const shown = address;
        const details = await pretendToSendCode(ctx, { ...request, decoy, ways, shown });
        await recordEvent(ctx, { ...asked, about: { decoy: decoy.sub } });
        return { CodeDeliveryDetails: details };
      }
      const codes = await draftCodes(ctx, { ...request, user }, [address.attribute]);
      const sent = await ctx.atomically(async (tx) => {
        const current = await tx.stores.users.bySub(refOf(user));
        const to = awaitsCode(current) ? confirmationAddress(pool, current) : undefined;
        return to && sendCodeAskedFor(tx, codes, to, decoy);
      });
      // The user was confirmed or changed between the two reads: what it is now decides.
      if (sent === undefined) {
        return ctx.fail('InvalidParameterException', messages.resendWhenConfirmed);
      }
      tell(ctx, { kind: 'code-resent', pool, client, user });
      await recordEvent(ctx, { ...asked, about: user });
      return { CodeDeliveryDetails: sent };
    });
  },
});

function awaitsCode(user: User | undefined): user is User {
  return user !== undefined && user.enabled && user.status === 'UNCONFIRMED';
}

function refuse(
  ctx: TransactionContext<
    'UserNotFoundException' | 'NotAuthorizedException' | 'InvalidParameterException',
    never
  >,
  trial: Trial,
  user: User | undefined,
): never {
  if (user === undefined) {
    trial.foundWrong();
    ctx.fail('UserNotFoundException', messages.userClientNotFound);
  }
  if (!user.enabled) ctx.fail('NotAuthorizedException', messages.userDisabled);
  return ctx.fail(
    'InvalidParameterException',
    user.status === 'UNCONFIRMED' ? messages.nobodyToResendTo : messages.resendWhenConfirmed,
  );
}
