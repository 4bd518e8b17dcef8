import { requirePool } from '../../pools/require.ts';
import { isFeedbackToken } from '../../protection/feedback-token.ts';
import { requireThreatProtection } from '../../protection/require.ts';
import { findByName, refOf } from '../../users/find-user.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/**
 * Lets whoever has the token from a notification say whether an event was their doing. What is wrong with user, event or token is told
 * alike, so that nobody learns who exists. Source: API model, UpdateAuthEventFeedback.
 */
export const updateAuthEventFeedback = operation('UpdateAuthEventFeedback', {
  needs: ['pools', 'users', 'authEvents'],
  async run(ctx, { UserPoolId, Username, EventId, FeedbackToken, FeedbackValue: value }) {
    const pool = await requirePool(ctx, UserPoolId);
    requireThreatProtection(ctx, pool);
    const user = await findByName(ctx, pool, Username);
    const about = { poolId: pool.id, sub: user?.sub ?? '', id: EventId };
    const isRight = await isFeedbackToken(ctx, about, FeedbackToken);
    const feedback = { value, provider: 'User', atMs: ctx.nowMs } as const;
    const isThere =
      isRight &&
      user !== undefined &&
      (await ctx.stores.authEvents.setFeedback(refOf(user), EventId, feedback));
    return isThere ? {} : ctx.fail('NotAuthorizedException', messages.feedbackTokenInvalid);
  },
});
