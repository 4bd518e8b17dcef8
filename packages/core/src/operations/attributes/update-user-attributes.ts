import { tryTakeFromBudget } from '../../limits/limits.ts';
import { requireWritable } from '../../users/require-writable.ts';
import { storeAttributes, templatesOfProofs } from '../../attributes/store-attributes.ts';
import { requestedValues, updateProblem } from '../../domain/attributes/attribute-change.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';

/**
 * Changes attributes of the signed-in user, all of them or none; new addresses that the pool verifies get a code.
 * Source: API model, UpdateUserAttributes; behaviour.md 5.6; security.md A01 to A08.
 */
export const updateUserAttributes = operation('UpdateUserAttributes', {
  needs: ['pools', 'clients', 'users', 'sessions', 'codes', 'outbox', 'limits'],
  run: async (ctx, { AccessToken, UserAttributes }) => {
    const signedIn = await requireSignedIn(ctx, AccessToken);
    const { pool, client, user } = signedIn;
    const values = requestedValues(UserAttributes);
    requireWritable(ctx, signedIn, Object.keys(values));
    const problem = updateProblem(pool, values);
    if (problem !== undefined) return ctx.fail('InvalidParameterException', problem);
    const change = { pool, user, values, client };
    const request = { ...change, templates: await templatesOfProofs(ctx, change) };
    const stored = await ctx.atomically(async (tx) => {
      const done = await storeAttributes(tx, request);
      if (done.kind === 'stored' && done.deliveries.length > 0) {
        const permitted = await tryTakeFromBudget(tx, pool.id, user.sub, 'UpdateUserAttributes');
        if (!permitted) tx.fail('TooManyRequestsException', messages.tooManyRequests);
      }
      return done;
    });
    if (stored.kind === 'name-taken') {
      return ctx.fail('AliasExistsException', messages.aliasTaken(stored.nameKind));
    }
    return { CodeDeliveryDetailsList: stored.deliveries };
  },
});
