import { draftCodes, sendCode } from '../../codes/codes.ts';
import { limitedBySource, takeAttemptFromBudget } from '../../limits/limits.ts';
import { onTrial } from '../../limits/trial.ts';
import { isAddress } from '../../domain/attributes/attribute-change.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';

/**
 * Sends a code to an address of the signed-in user: to the one that waits for its proof, if one does.
 * Source: API model, GetUserAttributeVerificationCode; behaviour.md 5.6, 9.
 */
export const getUserAttributeVerificationCode = operation('GetUserAttributeVerificationCode', {
  needs: ['pools', 'clients', 'users', 'sessions', 'codes', 'outbox', 'limits'],
  run: async (ctx, { AccessToken, AttributeName: attribute }) => {
    const { pool, client, user } = await requireSignedIn(ctx, AccessToken);
    if (!isAddress(attribute)) {
      return ctx.fail('InvalidParameterException', messages.notVerifiable);
    }
    const destination = user.pendingAttributes[attribute] ?? user.attributes[attribute];
    if (!destination) {
      return ctx.fail('InvalidParameterException', messages.noRegistered(attribute));
    }
    return onTrial(ctx, async (trial) => {
      const subject = await limitedBySource(ctx, client, user.sub);
      await takeAttemptFromBudget(ctx, trial, pool.id, subject, 'GetUserAttributeVerificationCode');
      const codes = await draftCodes(
        ctx,
        { pool, user, purpose: 'verify-attribute', occasion: 'VerifyUserAttribute', client },
        [attribute],
      );
      const to = { attribute, destination };
      return { CodeDeliveryDetails: await ctx.atomically((tx) => sendCode(tx, codes, to)) };
    });
  },
});
