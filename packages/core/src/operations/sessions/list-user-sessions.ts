import { requireTracking } from '../../pools/session-settings.ts';
import { listSessions } from '../../sessions/shown-sessions.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';

/** Lists the signed-in user's sessions at all app clients of the pool, which must track them. Source: API model, ListUserSessions. */
export const listUserSessions = operation('ListUserSessions', {
  needs: ['pools', 'clients', 'users', 'sessions'],
  async run(ctx, { AccessToken, NextToken }) {
    const { pool, user, sessionId } = await requireSignedIn(ctx, AccessToken);
    requireTracking(ctx, pool);
    return listSessions(ctx, {
      operation: 'ListUserSessions',
      ...{ pool, user },
      currentId: sessionId,
      token: NextToken,
    });
  },
});
