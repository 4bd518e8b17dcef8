import { deleteAttributes } from '../../attributes/store-attributes.ts';
import { requireUser } from '../../users/find-user.ts';
import { requirePool } from '../../pools/require.ts';
import { deletionProblem } from '../../domain/attributes/attribute-change.ts';
import { operation } from '../../operation.ts';

/** Deletes a user's attributes as an administrator. Source: API model, AdminDeleteUserAttributes; behaviour.md 5.6. */
export const adminDeleteUserAttributes = operation('AdminDeleteUserAttributes', {
  needs: ['pools', 'users', 'codes', 'outbox'],
  run: async (ctx, { UserPoolId, Username, UserAttributeNames }) => {
    const pool = await requirePool(ctx, UserPoolId);
    const user = await requireUser(ctx, pool, Username);
    const problem = deletionProblem(pool, UserAttributeNames);
    if (problem !== undefined) return ctx.fail('InvalidParameterException', problem);
    await ctx.atomically((tx) => deleteAttributes(tx, { pool, user }, UserAttributeNames));
    return {};
  },
});
