import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { User } from '../domain/users/user.ts';
import type { OperationContext } from '../operation.ts';
import type { UserEvent } from '../ports/events.ts';
import type { MetricKind } from '../ports/stores/metrics.ts';

/** What is told of an event; the request adds the rest. */
export interface Happened extends Pick<UserEvent, 'kind' | 'id' | 'changes'> {
  readonly pool: Pick<Pool, 'id'>;
  /** The app client that asked; `undefined` for administrators. */
  readonly client: Client | undefined;
  /** `undefined` where the name belongs to nobody. */
  readonly user: Pick<User, 'sub' | 'username'> | undefined;
}

const counted: ReadonlySet<string> = new Set<MetricKind>([
  'sign-up',
  'confirmation',
  'sign-in',
  'sign-in-failure',
]);

/**
 * Tells what has happened to a user: the pool's daily metrics, and whoever listens. Call it after the transaction, when nothing can
 * undo it any more.
 */
export function tell(
  {
    world,
    nowMs,
    caller,
    request,
  }: Pick<OperationContext<never, never>, 'world' | 'nowMs' | 'caller' | 'request'>,
  { kind, id, changes, pool, client, user }: Happened,
): void {
  if (isCounted(kind)) world.metrics.count(pool.id, kind);
  world.events?.tell({
    kind,
    poolId: pool.id,
    ...(client && { clientId: client.id }),
    ...(user && { user: { sub: user.sub, username: user.username } }),
    ...(id !== undefined && { id }),
    ...(changes && { changes }),
    atMs: nowMs,
    caller,
    request,
  });
}

function isCounted(kind: UserEvent['kind']): kind is MetricKind {
  return counted.has(kind);
}
