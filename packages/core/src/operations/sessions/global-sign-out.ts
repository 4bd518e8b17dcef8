import { signOutEverywhere } from '../../users/sign-out.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';

/** Ends every sign-in of the user. Source: API model, GlobalSignOut; behaviour.md 7.4. */
export const globalSignOut = operation('GlobalSignOut', {
  needs: ['pools', 'clients', 'users', 'sessions'],
  async run(ctx, input) {
    const { user } = await requireSignedIn(ctx, input.AccessToken);
    await signOutEverywhere(ctx, user);
    return {};
  },
});
