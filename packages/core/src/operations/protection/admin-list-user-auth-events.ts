import type { AuthEventType } from '@poolhouse/model';
import { readPageToken, writePageToken } from '../../paging.ts';
import { requirePool } from '../../pools/require.ts';
import type { AuthEventPosition } from '../../ports/stores/auth-events.ts';
import { eventsKey, openEventContext, type EventContext } from '../../protection/event-context.ts';
import { requireThreatProtection } from '../../protection/require.ts';
import { refOf, requireUser } from '../../users/find-user.ts';
import { deviceName } from '../../sessions/device-name.ts';
import type { AuthEvent } from '../../domain/protection/auth-event.ts';
import { operation } from '../../operation.ts';

/**
 * Lists what a user did, or somebody in the user's name, newest first; a page of 0 means 60. It says nothing of risk, city and country: nobody
 * has assessed or located anything. Source: API model, AdminListUserAuthEvents; settings.md 5.5.
 */
export const adminListUserAuthEvents = operation('AdminListUserAuthEvents', {
  needs: ['pools', 'users', 'authEvents'],
  async run(ctx, { UserPoolId, Username, MaxResults, NextToken }) {
    const pool = await requirePool(ctx, UserPoolId);
    requireThreatProtection(ctx, pool);
    const user = await requireUser(ctx, pool, Username);
    const context = ['AdminListUserAuthEvents', pool.id, user.sub] as const;
    const after = await readPageToken<AuthEventPosition>(ctx, pool.id, context, NextToken);
    const page = await ctx.stores.authEvents.list(refOf(user), MaxResults || 60, after);
    const key = await eventsKey(ctx, pool.id);
    return {
      AuthEvents: page.items.map((event) =>
        shownEvent(event, openEventContext(key, event, ctx.nowMs)),
      ),
      NextToken: await writePageToken(ctx, pool.id, context, page.after),
    };
  },
});

function shownEvent(
  event: AuthEvent,
  { address, userAgent, timezone }: EventContext,
): AuthEventType {
  const { feedback } = event;
  return {
    EventId: event.id,
    EventType: event.kind,
    CreationDate: event.atMs,
    EventResponse: event.result,
    ChallengeResponses: event.challenges,
    EventContextData: {
      ...(address !== undefined && { IpAddress: address }),
      ...(userAgent !== undefined && { DeviceName: deviceName(userAgent) }),
      ...(timezone !== undefined && { Timezone: timezone }),
    },
    ...(feedback && {
      EventFeedback: {
        FeedbackValue: feedback.value,
        Provider: feedback.provider,
        FeedbackDate: feedback.atMs,
      },
    }),
  };
}
