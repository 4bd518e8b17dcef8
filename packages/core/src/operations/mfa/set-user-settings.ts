import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { changePreference, olderSettings } from './preference.ts';

/** The older way of the signed-in user to turn text messages on and off. Source: API model, SetUserSettings. */
export const setUserSettings = operation('SetUserSettings', {
  needs: ['pools', 'clients', 'users', 'sessions', 'configurations'],
  async run(ctx, input) {
    const { pool, user } = await requireSignedIn(ctx, input.AccessToken);
    await changePreference(ctx, { pool, user, by: 'user' }, olderSettings(input));
    return {};
  },
});
