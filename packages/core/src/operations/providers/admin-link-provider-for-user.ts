import { requireDestination, requireSource } from '../../providers/link-parts.ts';
import { requirePool } from '../../pools/require.ts';
import { withIdentity } from '../../domain/providers/linked-identity.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';
import { changeUser } from '../../users/change-user.ts';

/** Source: API model, AdminLinkProviderForUser. */
const MOST_IDENTITIES = 5;

/**
 * Links somebody at an identity provider, who has not signed in yet, to a user: whoever signs in as the one will be the other. Source: API
 * model, AdminLinkProviderForUser; federation-triggers.md 2.7.
 */
export const adminLinkProviderForUser = operation('AdminLinkProviderForUser', {
  needs: ['pools', 'users', 'identityProviders', 'linkedIdentities'],
  run: async (ctx, { UserPoolId, DestinationUser, SourceUser }) => {
    const pool = await requirePool(ctx, UserPoolId);
    const { identity, provider } = await requireSource(ctx, pool, SourceUser);
    const { sub } = await requireDestination(ctx, pool, DestinationUser);
    const linked = { ...identity, poolId: pool.id, sub, createdAtMs: ctx.nowMs };
    await ctx.atomically(async (tx) => {
      const { linkedIdentities } = tx.stores;
      const before = await linkedIdentities.get(pool.id, identity);
      // Also the service's text for a link that stands, such as when a trigger is tried again.
      if (before?.sub === sub) tx.fail('InvalidParameterException', messages.sourceIsOwnUser);
      const outcome = before ? 'taken' : await linkedIdentities.add(linked, MOST_IDENTITIES);
      switch (outcome) {
        case 'added':
          return changeUser(tx, pool, linked, (user) => withIdentity(user, linked, provider));
        case 'taken':
          return tx.fail('AliasExistsException', messages.identityTaken);
        case 'full':
          return tx.fail('LimitExceededException', messages.tooManyIdentities(MOST_IDENTITIES));
        case 'user-missing':
          return tx.fail('UserNotFoundException', messages.userNotFound);
      }
    });
    return {};
  },
});
