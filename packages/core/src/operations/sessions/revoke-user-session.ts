import { requireTracking } from '../../pools/session-settings.ts';
import { endSession, requireSession } from '../../sessions/shown-sessions.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';

/**
 * Ends another session of the signed-in user, with all its tokens. RevokeAssociatedSessions changes nothing: it is about a session at the
 * login pages, and no session comes from one. Source: API model, RevokeUserSession.
 */
export const revokeUserSession = operation('RevokeUserSession', {
  needs: ['pools', 'clients', 'users', 'sessions'],
  async run(ctx, { AccessToken, SessionId }) {
    const { pool, user, sessionId } = await requireSignedIn(ctx, AccessToken);
    requireTracking(ctx, pool);
    const session = await requireSession(ctx, pool, user, SessionId);
    if (session.id === sessionId) {
      ctx.fail('InvalidParameterException', messages.sessionIsCurrent);
    }
    await endSession(ctx, session);
    return {};
  },
});
