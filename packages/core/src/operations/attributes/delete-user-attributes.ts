import { requireWritable } from '../../users/require-writable.ts';
import { deleteAttributes } from '../../attributes/store-attributes.ts';
import { deletionProblem } from '../../domain/attributes/attribute-change.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';

/** Deletes attributes of the signed-in user. Source: API model, DeleteUserAttributes; behaviour.md 5.6. */
export const deleteUserAttributes = operation('DeleteUserAttributes', {
  needs: ['pools', 'clients', 'users', 'sessions', 'codes', 'outbox'],
  run: async (ctx, { AccessToken, UserAttributeNames }) => {
    const signedIn = await requireSignedIn(ctx, AccessToken);
    const { pool, user } = signedIn;
    requireWritable(ctx, signedIn, UserAttributeNames);
    const problem = deletionProblem(pool, UserAttributeNames);
    if (problem !== undefined) return ctx.fail('InvalidParameterException', problem);
    await ctx.atomically((tx) => deleteAttributes(tx, { pool, user }, UserAttributeNames));
    return {};
  },
});
