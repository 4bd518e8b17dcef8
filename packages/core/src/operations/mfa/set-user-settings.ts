import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { requireFreshSignIn } from '../../tokens/fresh-sign-in.ts';
import { changePreference, olderSettings } from './preference.ts';

/** The older way of the signed-in user to turn text messages on and off. Source: API model, SetUserSettings. */
export const setUserSettings = operation('SetUserSettings', {
  needs: ['pools', 'clients', 'users', 'sessions', 'configurations'],
  async run(ctx, input) {
    const signedIn = await requireSignedIn(ctx, input.AccessToken);
    requireFreshSignIn(ctx, signedIn);
    await changePreference(ctx, { ...signedIn, by: 'user' }, olderSettings(input));
    return {};
  },
});
