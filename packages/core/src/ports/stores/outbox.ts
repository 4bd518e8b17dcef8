import type { PoolId } from '../../domain/ids.ts';

/** A message to deliver, written in the same transaction as the change that it announces. */
export interface OutboxMessage {
  /** Sortable by creation: time-prefixed. */
  readonly id: string;
  readonly poolId: PoolId;
  readonly medium: 'EMAIL' | 'SMS';
  /** The one recipient. */
  readonly to: string;
  /** JSON of a {@link MessageContent}, sealed with the pool's data key: it holds codes and links. */
  readonly sealedContent: string;
  readonly createdAtMs: number;
  /** Not delivered after this moment: the code in it has expired. */
  readonly expiresAtMs: number;
}

/** An outbox message with the state of its delivery. */
export interface OutboxEntry extends OutboxMessage {
  readonly state: 'waiting' | 'sent' | 'parked';
  readonly attempts: number;
  readonly nextAttemptAtMs: number;
  /** Why the last attempt failed. */
  readonly lastError?: string;
}

/** The transactional outbox: at-least-once delivery that survives restarts. */
export interface OutboxStore {
  /** A message that is already `sent` is there only to be read: no node takes it, and no listener hears of it. */
  add(message: OutboxMessage, state?: 'waiting' | 'sent'): Promise<void>;
  /** Takes up to `limit` due messages of a medium for `leaseMs`, during which no other node gets them; counts the attempt. */
  claimDue(
    medium: OutboxMessage['medium'],
    nowMs: number,
    limit: number,
    leaseMs: number,
  ): Promise<readonly OutboxEntry[]>;
  markSent(id: string): Promise<void>;
  retryAt(id: string, nextAttemptAtMs: number, error: string): Promise<void>;
  /** Gives up on a message. */
  park(id: string, error: string): Promise<void>;
  /** When the next waiting message of a medium is due; `undefined` if none is waiting. */
  nextDueAtMs(medium: OutboxMessage['medium']): Promise<number | undefined>;
  /** Newest first, in every state, for the development inbox; `after` is the last item's id. */
  list(options: {
    readonly to?: string;
    readonly limit: number;
    readonly after?: string;
  }): Promise<readonly OutboxEntry[]>;
  get(id: string): Promise<OutboxEntry | undefined>;
  /** Removes at most `limit` messages that are done and were created before `createdBeforeMs`. */
  purge(createdBeforeMs: number, limit: number): Promise<number>;
}
