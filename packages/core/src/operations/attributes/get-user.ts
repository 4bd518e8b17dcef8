import { readableAttributes } from '../../domain/clients/attribute-permissions.ts';
import { shownPreference } from '../../domain/users/mfa-preference.ts';
import { attributeList } from '../../domain/users/user-shapes.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';

/** Returns the signed-in user, as far as the app client may read. Source: API model, GetUser; behaviour.md 4.1, 5.1. */
export const getUser = operation('GetUser', {
  needs: ['pools', 'clients', 'users', 'sessions'],
  run: async (ctx, { AccessToken }) => {
    const { pool, client, user } = await requireSignedIn(ctx, AccessToken);
    return {
      Username: user.username,
      UserAttributes: attributeList(user, readableAttributes(pool, client)),
      ...shownPreference(user),
    };
  },
});
