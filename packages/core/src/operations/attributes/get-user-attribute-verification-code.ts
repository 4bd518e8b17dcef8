import { sendCode } from '../../codes/codes.ts';
import { limitedBySource, takeFromBudget } from '../../limits/limits.ts';
import { isAddress } from '../../domain/attributes/attribute-change.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { messageTemplates } from '../../messages/custom-message.ts';

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
    const subject = await limitedBySource(ctx, client, user.sub);
    const occasion = 'VerifyUserAttribute';
    const templates = await messageTemplates(ctx, { pool, occasion, user, client });
    const CodeDeliveryDetails = await ctx.atomically(async (tx) => {
      await takeFromBudget(tx, pool.id, subject, 'GetUserAttributeVerificationCode');
      return sendCode(tx, {
        pool,
        user,
        purpose: 'verify-attribute',
        occasion,
        templates,
        attribute,
        destination,
        client,
      });
    });
    return { CodeDeliveryDetails };
  },
});
