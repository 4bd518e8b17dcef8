import { operation } from '../../operation.ts';
import { requirePool } from '../../pools/require.ts';
import { requireUser } from '../../users/find-user.ts';
import { changePreference, olderSettings } from './preference.ts';

/** The older way to turn text messages of any user on and off. Source: API model, AdminSetUserSettings. */
export const adminSetUserSettings = operation('AdminSetUserSettings', {
  needs: ['pools', 'users', 'configurations'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const user = await requireUser(ctx, pool, input.Username);
    await changePreference(ctx, { pool, user, by: 'administrator' }, olderSettings(input));
    return {};
  },
});
