import type { AuthEvent, EventFeedback } from '../../domain/protection/auth-event.ts';
import type { Page } from './page.ts';
import type { UserRef } from './users.ts';

/** The place of an event in the list of its user. */
export type AuthEventPosition = readonly [atMs: number, id: string];

/** What users did, or somebody in their name. Events are removed with their user. */
export interface AuthEventStore {
  /** Adds an event; one with the same id keeps its time and gets everything else. Nothing happens where the user is gone. */
  put(event: AuthEvent): Promise<void>;
  /** A user's events, newest first, a page at a time. */
  list(
    ref: UserRef,
    limit: number,
    after?: AuthEventPosition,
  ): Promise<Page<AuthEvent, AuthEventPosition>>;
  /** `false` if the user has no such event. */
  setFeedback(ref: UserRef, id: string, feedback: EventFeedback): Promise<boolean>;
  /** Removes at most `limit` of the events from before `beforeMs`; returns how many. */
  purge(beforeMs: number, limit: number): Promise<number>;
}
