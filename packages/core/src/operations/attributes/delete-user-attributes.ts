import { requireWritable } from '../../users/require-writable.ts';
import { deleteAttributes } from '../../attributes/store-attributes.ts';
import { deletionProblem } from '../../domain/attributes/attribute-change.ts';
import { codeAttributes } from '../../domain/attributes/confirmation-address.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { requireFreshSignIn } from '../../tokens/fresh-sign-in.ts';

/** Deletes attributes of the signed-in user. Source: API model, DeleteUserAttributes; behaviour.md 5.6. */
export const deleteUserAttributes = operation('DeleteUserAttributes', {
  needs: ['pools', 'clients', 'users', 'sessions', 'codes', 'outbox'],
  run: async (ctx, { AccessToken, UserAttributeNames }) => {
    const signedIn = await requireSignedIn(ctx, AccessToken);
    const { pool, user } = signedIn;
    requireWritable(ctx, signedIn, UserAttributeNames);
    // People sign in, prove a second factor and recover by their addresses.
    if (codeAttributes.some((address) => UserAttributeNames.includes(address)))
      requireFreshSignIn(ctx, signedIn);
    const problem = deletionProblem(pool, UserAttributeNames);
    if (problem !== undefined) return ctx.fail('InvalidParameterException', problem);
    await ctx.atomically((tx) => deleteAttributes(tx, { pool, user }, UserAttributeNames));
    return {};
  },
});
