import { withoutMethod } from '../../domain/users/mfa-preference.ts';
import { operation } from '../../operation.ts';
import { requirePool } from '../../pools/require.ts';
import { changeUser } from '../../users/change-user.ts';
import { requireUser } from '../../users/find-user.ts';
import { withoutToken } from './preference.ts';

/** Removes a user's authenticator application, whether one is set up or not. Source: API model, AdminDeleteSoftwareToken; settings.md 7#14. */
export const adminDeleteSoftwareToken = operation('AdminDeleteSoftwareToken', {
  needs: ['pools', 'users'],
  async run(ctx, { UserPoolId, Username }) {
    const pool = await requirePool(ctx, UserPoolId);
    const user = await requireUser(ctx, pool, Username);
    await changeUser(ctx, pool, user, (now) => ({
      ...{ ...now, ...withoutToken },
      mfa: withoutMethod(now.mfa, 'SOFTWARE_TOKEN_MFA'),
    }));
    return {};
  },
});
