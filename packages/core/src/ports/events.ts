import type { PoolId, Sub } from '../domain/ids.ts';
import type { FactorChange } from '../domain/users/factor-changes.ts';
import type { Caller, RequestFacts } from '../request.ts';
import type { MetricKind } from './stores/metrics.ts';

/** What happened. Source: API model, EventType, which of these has sign-ups, sign-ins, resets, changes and codes sent again. */
export type EventKind =
  | MetricKind
  | 'code-resent'
  | 'reset-requested'
  | 'password-reset'
  | 'password-changed'
  /** Ours (ADR 34): what the user signs in with is different now, whichever operation did it. */
  | 'factors-changed';

/** Something that happened to a user. */
export interface UserEvent {
  readonly kind: EventKind;
  readonly poolId: PoolId;
  /** Absent where an administrator did it, and of changed factors: the stores tell of those, and know no app client. */
  readonly clientId?: string;
  /** Absent where the name that was tried belongs to nobody. */
  readonly user?: { readonly sub: Sub; readonly username: string };
  /** Of changed factors: how. */
  readonly changes?: readonly FactorChange[];
  /** Of a sign-in: what the claim `event_id` of its tokens says. */
  readonly id?: string;
  /** UTC milliseconds. */
  readonly atMs: number;
  readonly caller: Caller;
  readonly request: RequestFacts;
}

/**
 * Hears what happened to users, once it is on disk and outside every transaction. Telling never fails and never waits, so nothing
 * depends on who listens: what may refuse something is a function of the pool's owner (`triggers.ts`).
 */
export interface EventListener {
  tell(event: UserEvent): void;
}
