import { changeUser } from '../../users/change-user.ts';
import { requireUser } from '../../users/find-user.ts';
import { requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/** Lets a disabled user sign in again. Source: API model, AdminEnableUser. */
export const adminEnableUser = operation('AdminEnableUser', {
  needs: ['pools', 'users'],
  run: async (ctx, { UserPoolId, Username }) => {
    const pool = await requirePool(ctx, UserPoolId);
    const user = await requireUser(ctx, pool, Username);
    await changeUser(ctx, pool, user, (current) => ({ ...current, enabled: true }));
    return {};
  },
});
