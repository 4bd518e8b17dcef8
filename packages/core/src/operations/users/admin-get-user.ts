import { requireUser } from '../../users/find-user.ts';
import { requirePool } from '../../pools/require.ts';
import { shownPreference } from '../../domain/users/mfa-preference.ts';
import { attributeList } from '../../domain/users/user-shapes.ts';
import { operation } from '../../operation.ts';

/** Returns a user with all attributes, developer-only ones too. Source: API model, AdminGetUser; behaviour.md 5.1. */
export const adminGetUser = operation('AdminGetUser', {
  needs: ['pools', 'users'],
  run: async (ctx, { UserPoolId, Username }) => {
    const user = await requireUser(ctx, await requirePool(ctx, UserPoolId), Username);
    return {
      Username: user.username,
      UserAttributes: attributeList(user),
      UserCreateDate: user.createdAtMs,
      UserLastModifiedDate: user.modifiedAtMs,
      Enabled: user.enabled,
      UserStatus: user.status,
      ...shownPreference(user),
    };
  },
});
