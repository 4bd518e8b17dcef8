import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { shownFactors } from './auth-factors.ts';

/** What the signed-in user can sign in with. Source: API model, GetUserAuthFactors; settings.md 8#15. */
export const getUserAuthFactors = operation('GetUserAuthFactors', {
  needs: ['pools', 'clients', 'users', 'sessions', 'passkeys'],
  async run(ctx, { AccessToken }) {
    const { user } = await requireSignedIn(ctx, AccessToken);
    return shownFactors(ctx, user);
  },
});
