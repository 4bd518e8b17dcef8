import { requirePool } from '../../pools/require.ts';
import { requireTracking } from '../../pools/session-settings.ts';
import { endSession, requireSession } from '../../sessions/shown-sessions.ts';
import { requireUser } from '../../users/find-user.ts';
import { operation } from '../../operation.ts';

/**
 * Ends a session of a user, with all its tokens. RevokeAssociatedSessions changes nothing, as in RevokeUserSession.
 * Source: API model, AdminRevokeUserSession.
 */
export const adminRevokeUserSession = operation('AdminRevokeUserSession', {
  needs: ['pools', 'users', 'sessions'],
  async run(ctx, { UserPoolId, Username, SessionId }) {
    const pool = await requirePool(ctx, UserPoolId);
    requireTracking(ctx, pool);
    const user = await requireUser(ctx, pool, Username);
    await endSession(ctx, await requireSession(ctx, pool, user, SessionId));
    return {};
  },
});
