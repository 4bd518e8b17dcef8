import { openState, sealState } from '../crypto/index.ts';
import type { PoolId } from '../domain/ids.ts';
import type { TransactionContext } from '../operation.ts';
import { eventsKey } from './event-context.ts';

/** How long somebody may say whether an event was their doing [unsure]. */
const LIFETIME_MS = 7 * 24 * 3_600_000;

/** The event that a token is about. */
interface About {
  readonly poolId: PoolId;
  readonly sub: string;
  readonly id: string;
}

const purposeOf = ({ sub, id }: About) => `feedback ${sub} ${id}`;

/** The token with which a notification lets its reader say whether an event was their doing. */
export async function feedbackToken(
  ctx: TransactionContext<never, never>,
  about: About,
): Promise<string> {
  const key = await eventsKey(ctx, about.poolId);
  const { random } = ctx;
  return sealState(key, purposeOf(about), {}, ctx.nowMs + LIFETIME_MS, { random });
}

/** Whether a token is one for this event, and still valid. */
export async function isFeedbackToken(
  ctx: TransactionContext<never, never>,
  about: About,
  token: string,
): Promise<boolean> {
  const key = await eventsKey(ctx, about.poolId);
  return openState(key, purposeOf(about), token, ctx.nowMs).ok;
}
