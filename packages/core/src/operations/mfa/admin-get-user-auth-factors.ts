import { operation } from '../../operation.ts';
import { requirePool } from '../../pools/require.ts';
import { requireUser } from '../../users/find-user.ts';
import { shownFactors } from './auth-factors.ts';

/** What any user can sign in with. Source: API model, AdminGetUserAuthFactors; settings.md 8#16. */
export const adminGetUserAuthFactors = operation('AdminGetUserAuthFactors', {
  needs: ['pools', 'users', 'passkeys'],
  async run(ctx, { UserPoolId, Username }) {
    const pool = await requirePool(ctx, UserPoolId);
    return shownFactors(ctx, await requireUser(ctx, pool, Username));
  },
});
