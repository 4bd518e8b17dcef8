import { isOwnUser, requireIdentity } from '../../providers/link-parts.ts';
import { requirePool } from '../../pools/require.ts';
import { SUBJECT, withoutIdentity } from '../../domain/providers/linked-identity.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';
import { endPasswordSignIn } from '../../passwords/end-password-sign-in.ts';
import { changeUser, requireChanged } from '../../users/change-user.ts';
import { requireUser } from '../../users/find-user.ts';

/**
 * Unlinks an identity of a provider from the user whom it signs in; or, for a user of the pool itself, ends the sign-in by password.
 * Source: API model, AdminDisableProviderForUser; federation-triggers.md 2.7.
 */
export const adminDisableProviderForUser = operation('AdminDisableProviderForUser', {
  needs: ['pools', 'users', 'codes', 'sessions', 'linkedIdentities'],
  run: async (ctx, { UserPoolId, User }) => {
    const pool = await requirePool(ctx, UserPoolId);
    const identity = requireIdentity(ctx, 'User', User);
    if (isOwnUser(User)) {
      if (identity.attributeName !== SUBJECT) {
        ctx.fail('InvalidParameterException', messages.linkAttribute(identity.attributeName));
      }
      const user = await requireUser(ctx, pool, identity.attributeValue);
      const done = await ctx.atomically((tx) => endPasswordSignIn(tx, pool, user));
      requireChanged(ctx, done);
      return {};
    }
    await ctx.atomically(async (tx) => {
      const { linkedIdentities } = tx.stores;
      const found = await linkedIdentities.get(pool.id, identity);
      if (found === undefined || !(await linkedIdentities.delete(found, identity))) {
        return tx.fail('InvalidParameterException', messages.notLinked);
      }
      return changeUser(tx, pool, found, (user) => withoutIdentity(user, identity));
    });
    return {};
  },
});
