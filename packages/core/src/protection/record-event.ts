import { randomUuid, sealState } from '../crypto/index.ts';
import type { Client } from '../domain/clients/client.ts';
import { hidesUsers } from '../domain/clients/user-existence.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { EVENTS_KEPT_MS, recordsEvents, type AuthEvent } from '../domain/protection/auth-event.ts';
import type { User } from '../domain/users/user.ts';
import type { OperationContext } from '../operation.ts';
import { useOf } from '../tokens/last-use.ts';
import { eventContextPurpose, eventsKey, timezoneOf, type EventContext } from './event-context.ts';

const HOUR_MS = 3_600_000;

/** What happened, to whom. */
export interface Happened extends Partial<Pick<AuthEvent, 'id' | 'result' | 'challenges'>> {
  readonly pool: Pool;
  readonly client: Client;
  readonly kind: AuthEvent['kind'];
  /** The user, or the id of the decoy that stands in for nobody. */
  readonly about: Pick<User, 'poolId' | 'sub'> | { readonly decoy: string };
}

/** Records what happened, where the pool keeps that. About nobody nothing is kept, at the same cost where the client hides who exists. */
export async function recordEvent(
  ctx: OperationContext<never, 'authEvents' | 'limits'>,
  happened: Happened,
): Promise<void> {
  const { pool, client, about } = happened;
  const event = await draftEvent(ctx, happened);
  if (event === undefined) return;
  if (!('decoy' in about)) return ctx.stores.authEvents.put(event);
  if (!hidesUsers(client)) return;
  // Takes the place of the row, and disappears within the hour.
  await ctx.stores.limits.take(pool.id, about.decoy, 'Decoy', 1_000_000, HOUR_MS, ctx.nowMs);
}

/** An event to be stored, where the pool keeps what its users do. */
export async function draftEvent(
  ctx: OperationContext<never, never>,
  {
    pool,
    client,
    kind,
    about,
    result = 'Pass',
    challenges = [],
    id = randomUuid(ctx.random),
  }: Happened,
): Promise<AuthEvent | undefined> {
  if (!recordsEvents(pool)) return undefined;
  const { address, userAgent } = useOf(ctx, client);
  const context: EventContext = {
    address,
    userAgent,
    timezone: timezoneOf(ctx.request.contextData?.EncodedData),
  };
  const key = await eventsKey(ctx, pool.id);
  const { random, nowMs } = ctx;
  return {
    poolId: pool.id,
    sub: 'decoy' in about ? (about.decoy as User['sub']) : about.sub,
    ...{ id, kind, atMs: nowMs, clientId: client.id, result, challenges },
    sealedContext: sealState(key, eventContextPurpose(id), context, nowMs + EVENTS_KEPT_MS, {
      random,
    }),
  };
}
