import { requirePool } from '../../pools/require.ts';
import { requireThreatProtection } from '../../protection/require.ts';
import { refOf, requireUser } from '../../users/find-user.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Says for a user whether an event was the user's doing. Source: API model, AdminUpdateAuthEventFeedback. */
export const adminUpdateAuthEventFeedback = operation('AdminUpdateAuthEventFeedback', {
  needs: ['pools', 'users', 'authEvents'],
  async run(ctx, { UserPoolId, Username, EventId, FeedbackValue: value }) {
    const pool = await requirePool(ctx, UserPoolId);
    requireThreatProtection(ctx, pool);
    const ref = refOf(await requireUser(ctx, pool, Username));
    const feedback = { value, provider: 'Admin', atMs: ctx.nowMs } as const;
    const isThere = await ctx.stores.authEvents.setFeedback(ref, EventId, feedback);
    return isThere ? {} : ctx.fail('ResourceNotFoundException', messages.eventNotFound);
  },
});
