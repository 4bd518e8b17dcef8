import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { requireFreshSignIn } from '../../tokens/fresh-sign-in.ts';
import { changePreference } from './preference.ts';

/** Turns second factors of the signed-in user on and off. Source: API model, SetUserMFAPreference; settings.md 7#1. */
export const setUserMfaPreference = operation('SetUserMFAPreference', {
  needs: ['pools', 'clients', 'users', 'sessions', 'configurations'],
  async run(ctx, input) {
    const signedIn = await requireSignedIn(ctx, input.AccessToken);
    requireFreshSignIn(ctx, signedIn);
    await changePreference(ctx, { ...signedIn, by: 'user' }, input);
    return {};
  },
});
