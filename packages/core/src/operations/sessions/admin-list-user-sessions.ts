import { requirePool } from '../../pools/require.ts';
import { requireTracking } from '../../pools/session-settings.ts';
import { listSessions } from '../../sessions/shown-sessions.ts';
import { requireUser } from '../../users/find-user.ts';
import { operation } from '../../operation.ts';

/** Lists a user's sessions at all app clients of the pool, which must track them. Source: API model, AdminListUserSessions. */
export const adminListUserSessions = operation('AdminListUserSessions', {
  needs: ['pools', 'users', 'sessions'],
  async run(ctx, { UserPoolId, Username, NextToken }) {
    const pool = await requirePool(ctx, UserPoolId);
    requireTracking(ctx, pool);
    const user = await requireUser(ctx, pool, Username);
    return listSessions(ctx, {
      operation: 'AdminListUserSessions',
      ...{ pool, user },
      token: NextToken,
    });
  },
});
