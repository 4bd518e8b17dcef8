import { macText } from '../crypto/index.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { TransactionContext } from '../operation.ts';
import type { MessageOccasion } from './content.ts';
import { mailboxOf, type MessageMedium } from './mailbox.ts';

const HOUR_MS = 3_600_000;
/** Messages of one pool to one destination in an hour, whoever causes them (findings D6). */
const PER_DESTINATION = 20;
/** The last of them, which only codes for the recovery of an existing account may use: what strangers sign up for cannot. */
const KEPT_FOR_RECOVERY = 5;
/**
 * How many of them one source may cause. Together they leave as many as are kept, so that nobody alone uses up what the
 * owner, who asks from elsewhere, needs (findings D7).
 */
const PER_SOURCE = { recovery: 5, other: 10 } as const;

/**
 * Notices have a budget of their own, since whoever could use up the other one with codes could then change factors without anybody
 * hearing of it. Only changes of an account whose owner has proved the address spend it (ADR 34).
 */
const NOTICES = 10;

/**
 * Who causes a message: administrators, whose requests are signed and spend nothing, or people, from a network address. That is
 * `undefined` for back ends, which send the requests of many people from one.
 */
export type MessageCause = 'administrator' | { readonly source: string | undefined };

/** A message that somebody wants to be sent. */
export interface WantedMessage {
  readonly pool: Pool;
  readonly medium: MessageMedium;
  /** The address. */
  readonly to: string;
  readonly occasion: MessageOccasion;
  readonly cause: MessageCause;
}

/**
 * Takes a message from the budget of its destination, in the caller's transaction; `false`: none is left this hour. Whoever asked
 * is answered as if it had been sent, no code is made, and the last one that was sent stays good.
 *
 * This also bounds how well codes can be guessed, from however many sources: a code dies with its fifth wrong attempt, so 20 codes
 * an hour are 100 attempts at a million, one chance in 10,000 an hour, while their owner gets 20 messages.
 */
export async function takeMessage(
  ctx: TransactionContext<never, 'limits'>,
  { pool, medium, to, occasion, cause }: WantedMessage,
): Promise<boolean> {
  if (cause === 'administrator') return true;
  const { limits } = ctx.stores;
  const key = (await ctx.secretsOf(pool.id)).subkey('destinations');
  const destination = macText(key, `${medium} ${mailboxOf(medium, to)}`);
  if (occasion === 'FactorChange') {
    return limits.take(pool.id, destination, 'Notice', NOTICES, HOUR_MS, ctx.nowMs);
  }
  const isRecovery = occasion === 'ForgotPassword';
  const take = (subject: string, action: string, most: number) =>
    limits.take(pool.id, subject, action, most, HOUR_MS, ctx.nowMs);
  const bySource =
    cause.source === undefined
      ? undefined
      : {
          subject: `${destination}.${macText(key, `source ${cause.source}`)}`,
          action: isRecovery ? 'RecoveryMessage' : 'Message',
          most: PER_SOURCE[isRecovery ? 'recovery' : 'other'],
        };
  if (bySource && !(await take(bySource.subject, bySource.action, bySource.most))) return false;
  const most = isRecovery ? PER_DESTINATION : PER_DESTINATION - KEPT_FOR_RECOVERY;
  if (await take(destination, 'Message', most)) return true;
  if (bySource) {
    await limits.giveBack(pool.id, bySource.subject, bySource.action, HOUR_MS, ctx.nowMs);
  }
  return false;
}
