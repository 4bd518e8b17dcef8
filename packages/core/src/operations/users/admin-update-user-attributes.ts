import {
  addressesToProve,
  draftProofs,
  storeAttributes,
} from '../../attributes/store-attributes.ts';
import { requireUser } from '../../users/find-user.ts';
import { requirePool } from '../../pools/require.ts';
import { requestedValues, updateProblem } from '../../domain/attributes/attribute-change.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/**
 * Changes a user's attributes as an administrator, who may also vouch for addresses with `*_verified`. Addresses that the
 * pool verifies get a code otherwise. Source: API model, AdminUpdateUserAttributes; behaviour.md 5.6.
 */
export const adminUpdateUserAttributes = operation('AdminUpdateUserAttributes', {
  needs: ['pools', 'users', 'codes', 'outbox', 'limits'],
  run: async (ctx, { UserPoolId, Username, UserAttributes }) => {
    const pool = await requirePool(ctx, UserPoolId);
    const user = await requireUser(ctx, pool, Username);
    const values = requestedValues(UserAttributes);
    const problem = updateProblem(pool, values);
    if (problem !== undefined) return ctx.fail('InvalidParameterException', problem);
    const asked = { pool, user, client: undefined };
    const codes = await draftProofs(ctx, asked, addressesToProve(pool, user, values));
    const request = { pool, user, values, codes };
    const stored = await ctx.atomically((tx) => storeAttributes(tx, request));
    if (stored.kind === 'name-taken') {
      return ctx.fail('AliasExistsException', messages.aliasTaken(stored.nameKind));
    }
    return {};
  },
});
