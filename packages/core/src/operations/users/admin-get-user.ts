import { requireUser } from '../../directory/find-user.ts';
import { requirePool } from '../../directory/require.ts';
import { attributeList } from '../../domain/user-shapes.ts';
import { operation } from '../../operation.ts';

/** Returns a user with all attributes, developer-only ones too. Source: API model, AdminGetUser; behaviour.md 5.1. */
export const adminGetUser = operation('AdminGetUser', {
  needs: ['pools', 'users'],
  run: async (cx, { UserPoolId, Username }) => {
    const user = await requireUser(cx, await requirePool(cx, UserPoolId), Username);
    return {
      Username: user.username,
      UserAttributes: attributeList(user),
      UserCreateDate: user.createdAtMs,
      UserLastModifiedDate: user.modifiedAtMs,
      Enabled: user.enabled,
      UserStatus: user.status,
    };
  },
});
