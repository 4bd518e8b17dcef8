import { tryTakeAttemptFromBudget } from '../../limits/limits.ts';
import { onTrial } from '../../limits/trial.ts';
import { requireWritable } from '../../users/require-writable.ts';
import {
  addressesToProve,
  draftProofs,
  storeAttributes,
} from '../../attributes/store-attributes.ts';
import { requestedValues, updateProblem } from '../../domain/attributes/attribute-change.ts';
import { messages } from '../../domain/texts.ts';
import { codeAttributes } from '../../domain/attributes/confirmation-address.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { requireFreshSignIn } from '../../tokens/fresh-sign-in.ts';

/**
 * Changes attributes of the signed-in user, all of them or none; new addresses that the pool verifies get a code.
 * Source: API model, UpdateUserAttributes; behaviour.md 5.6; security.md A01 to A08.
 */
export const updateUserAttributes = operation('UpdateUserAttributes', {
  needs: ['pools', 'clients', 'users', 'sessions', 'codes', 'outbox', 'limits'],
  run: async (ctx, { AccessToken, UserAttributes }) => {
    const signedIn = await requireSignedIn(ctx, AccessToken);
    const { pool, user } = signedIn;
    const values = requestedValues(UserAttributes);
    requireWritable(ctx, signedIn, Object.keys(values));
    // People sign in, prove a second factor and recover by their addresses.
    if (codeAttributes.some((address) => address in values)) requireFreshSignIn(ctx, signedIn);
    const problem = updateProblem(pool, values);
    if (problem !== undefined) return ctx.fail('InvalidParameterException', problem);
    return onTrial(ctx, async (trial) => {
      const addresses = addressesToProve(pool, user, values);
      if (addresses.length > 0) {
        const action = 'UpdateUserAttributes';
        if (!(await tryTakeAttemptFromBudget(ctx, trial, pool.id, user.sub, action))) {
          ctx.fail('TooManyRequestsException', messages.tooManyRequests);
        }
      }
      const codes = await draftProofs(ctx, signedIn, addresses);
      const request = { pool, user, values, codes };
      const stored = await ctx.atomically((tx) => storeAttributes(tx, request));
      if (stored.kind === 'name-taken') {
        return ctx.fail('AliasExistsException', messages.aliasTaken(stored.nameKind));
      }
      return { CodeDeliveryDetailsList: stored.deliveries };
    });
  },
});
