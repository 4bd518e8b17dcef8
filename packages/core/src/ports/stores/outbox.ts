import type { PoolId } from '../../domain/ids.ts';

/** A message to deliver, written in the same transaction as what it tells about. */
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
  /** Not delivered any more after this moment: the code in it is dead. */
  readonly expiresAtMs: number;
}

/** An outbox message on its way. */
export interface OutboxEntry extends OutboxMessage {
  readonly state: 'waiting' | 'sent' | 'parked';
  readonly attempts: number;
  readonly nextAttemptAtMs: number;
  /** Why the last attempt failed. */
  readonly lastError?: string;
}

/** The transactional outbox: at-least-once delivery that survives restarts. */
export interface OutboxStore {
  /** One that is `sent` is there to be read only: nobody takes it, and nobody hears of it. */
  add(message: OutboxMessage, state?: 'waiting' | 'sent'): Promise<void>;
  /** Takes up to `limit` due messages for `leaseMs`: nobody else gets them meanwhile; counts the attempt. */
  claimDue(nowMs: number, limit: number, leaseMs: number): Promise<readonly OutboxEntry[]>;
  markSent(id: string): Promise<void>;
  retryAt(id: string, nextAttemptAtMs: number, error: string): Promise<void>;
  /** Gives up on a message. */
  park(id: string, error: string): Promise<void>;
  /** When the next waiting message is due; `undefined` when none waits. */
  nextDueAtMs(): Promise<number | undefined>;
  /** Newest first, of every state, for the inbox of development; `after` is the last item's id. */
  list(options: {
    readonly to?: string;
    readonly limit: number;
    readonly after?: string;
  }): Promise<readonly OutboxEntry[]>;
  get(id: string): Promise<OutboxEntry | undefined>;
  /** Removes at most `limit` messages that are done and were created before `createdBeforeMs`. */
  purge(createdBeforeMs: number, limit: number): Promise<number>;
}
