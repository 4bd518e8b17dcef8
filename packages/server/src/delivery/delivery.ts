import {
  openMessage,
  type Clock,
  type Log,
  type OutboxEntry,
  type Stores,
  type Vault,
} from '@poolhouse/core';
import type { Work } from '../jobs/work.ts';
import { BusyError, UndeliverableError, type Transports } from './transport.ts';

/** What delivery needs. */
export interface DeliveryParts {
  readonly stores: Pick<Stores, 'outbox'>;
  readonly vault: Vault;
  readonly transports: Transports;
  readonly clock: Clock;
  readonly log: Log;
}

/** Messages of a medium in progress at the same time. Each claimed message is started immediately, so that its lease covers its whole attempt. */
const AT_ONCE = 5;
/** An attempt is abandoned well before another node may take the message. */
const LONGEST_ATTEMPT_MS = 60_000;
const LEASE_MS = 120_000;
/** Source: security.md F14. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 300_000;
/** The longest pause that a carrier may ask for: a message must not depend on a stranger's clock. */
const LONGEST_WISH_MS = 3_600_000;
/** About a day of pauses. A message that was tried this often, or that crashes the process each time, is put aside. */
const MOST_ATTEMPTS = 300;
/** How often to look at the outbox, for messages that wait or that other nodes wrote. */
const LOOK_EVERY_MS = 1_000;
/** How long messages in progress may still take when the server stops; those cut off are sent again. */
const GRACE_MS = 2_000;

/** Pause before the next attempt, in milliseconds: 1 s, doubling, 5 min at most. `attempts` >= 1. */
export function pauseAfter(attempts: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_PAUSE_MS);
}

/**
 * Sends what of a medium is due now, at most {@link AT_ONCE} messages; returns how many it took. Only one node at a time has a message. It may arrive
 * twice only if the process ends, or the database fails, after it was handed over and before that was recorded.
 */
export async function deliverDue(
  parts: DeliveryParts,
  medium: OutboxEntry['medium'],
  stopping = new AbortController().signal,
): Promise<number> {
  const { outbox } = parts.stores;
  const nowMs = parts.clock.nowMs();
  // Claiming takes the write lock even if nothing is due; asking does not.
  const dueAtMs = await outbox.nextDueAtMs(medium);
  if (dueAtMs === undefined || dueAtMs > nowMs) return 0;
  const entries = await outbox.claimDue(medium, nowMs, AT_ONCE, LEASE_MS);
  const ends = await Promise.allSettled(entries.map((entry) => settle(parts, entry, stopping)));
  // Only the database can fail here. That is reported once all attempts have ended, so that none outlasts the round.
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return entries.length;
}

async function settle(
  parts: DeliveryParts,
  entry: OutboxEntry,
  stopping: AbortSignal,
): Promise<void> {
  const { clock, log } = parts;
  const { outbox } = parts.stores;
  const facts = { message: entry.id, pool: entry.poolId, medium: entry.medium };
  const park = async (reason: string) => {
    await outbox.park(entry.id, reason);
    log.warn('message.parked', { ...facts, reason });
  };
  if (clock.nowMs() >= entry.expiresAtMs) {
    return park(`Its code ended before it could be delivered. ${entry.lastError ?? ''}`.trim());
  }
  if (entry.attempts > MOST_ATTEMPTS) {
    return park(`It was tried ${MOST_ATTEMPTS} times. ${entry.lastError ?? ''}`.trim());
  }
  try {
    await attempt(parts, entry, stopping);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof UndeliverableError) return park(reason);
    const wishMs = error instanceof BusyError ? Math.min(error.pauseMs, LONGEST_WISH_MS) : 0;
    const nextMs = clock.nowMs() + Math.max(pauseAfter(entry.attempts), wishMs);
    await outbox.retryAt(entry.id, nextMs, reason);
    // Once per change, not per attempt: without a mail server, every waiting message is tried for as long as it is valid.
    if (reason !== entry.lastError) {
      log.warn('message.postponed', { ...facts, reason, attempts: entry.attempts });
    }
    return;
  }
  await outbox.markSent(entry.id);
  log.info('message.sent', facts);
}

async function attempt(
  parts: DeliveryParts,
  entry: OutboxEntry,
  stopping: AbortSignal,
): Promise<void> {
  const content = await openMessage(parts.vault, entry).catch((cause: unknown) => {
    throw new UndeliverableError('The message cannot be decrypted.', { cause });
  });
  const signal = AbortSignal.any([AbortSignal.timeout(LONGEST_ATTEMPT_MS), stopping]);
  await parts.transports[entry.medium].deliver({ ...entry, content }, signal);
}

/** Empties the outbox of a medium. The media do not wait for each other, so that an SMS provider that hangs delays no mail. */
export function delivery(
  parts: DeliveryParts,
  medium: OutboxEntry['medium'],
  graceMs = GRACE_MS,
): Work {
  return {
    // Each message has its own lease, so several nodes can send in parallel.
    scope: 'node',
    firstAfterMs: 0,
    everyMs: LOOK_EVERY_MS,
    async run({ stopping }) {
      const cut = new AbortController();
      let grace: NodeJS.Timeout | undefined;
      const cutLater = () => {
        grace = setTimeout(() => cut.abort(), graceMs);
      };
      stopping.addEventListener('abort', cutLater);
      try {
        while (!stopping.aborted && (await deliverDue(parts, medium, cut.signal)) > 0);
      } finally {
        stopping.removeEventListener('abort', cutLater);
        clearTimeout(grace);
      }
    },
    failed: (error) => parts.log.error('delivery.failed', { medium, err: error }),
    end() {
      parts.transports[medium].close();
    },
  };
}
