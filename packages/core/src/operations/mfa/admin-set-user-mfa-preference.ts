import { operation } from '../../operation.ts';
import { requirePool } from '../../pools/require.ts';
import { requireUser } from '../../users/find-user.ts';
import { changePreference } from './preference.ts';

/** Turns second factors of any user on and off. Source: API model, AdminSetUserMFAPreference; settings.md 7#1. */
export const adminSetUserMfaPreference = operation('AdminSetUserMFAPreference', {
  needs: ['pools', 'users', 'configurations'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const user = await requireUser(ctx, pool, input.Username);
    await changePreference(ctx, { pool, user, by: 'administrator' }, input);
    return {};
  },
});
