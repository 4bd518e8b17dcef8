import { randomToken, sealedPlaces } from '../crypto/index.ts';
import { mailAddress } from '@poolhouse/rules';
import type { Pool } from '../domain/pools/pool.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';
import type { OutboxMessage } from '../ports/stores/outbox.ts';
import { requireOwnSending } from '../triggers/fail-closed.ts';
import { composeEmail, composeSms, type MessageFacts } from './compose.ts';
import type { MessageContent, MessageOccasion } from './content.ts';
import type { MessageMedium } from './mailbox.ts';
import type { MessageTemplates } from './templates.ts';
import type { World } from '../world.ts';
import { takeMessage, type MessageCause } from './message-budget.ts';

/** What a message is written from. */
export interface MessageParts {
  readonly pool: Pool;
  readonly medium: MessageMedium;
  readonly facts: MessageFacts<MessageOccasion>;
  readonly templates: MessageTemplates;
  /** It is not sent after this moment. */
  readonly expiresAtMs: number;
}

/** A message that is written and sealed, but neither addressed nor stored. */
export interface DraftedMessage {
  readonly pool: Pool;
  readonly occasion: MessageOccasion;
  readonly unaddressed: Omit<OutboxMessage, 'to'>;
  /** Whether somebody carries it, once it is stored. */
  readonly state: 'waiting' | 'sent';
}

/** What messages are written and sealed with. */
type Desk = Pick<OperationContext<never, never>, 'random' | 'nowMs' | 'secretsOf'> & {
  readonly world: Pick<World, 'shownOnly'>;
};

/**
 * Writes and seals a message. Call it before the transaction that stores it: a function of the pool's owner may write the texts. Only
 * notices, whose texts are the server's own, are written inside.
 */
export async function draftMessage(
  ctx: Desk,
  { pool, medium, facts, templates, expiresAtMs }: MessageParts,
): Promise<DraftedMessage> {
  const { random, nowMs } = ctx;
  const secrets = await ctx.secretsOf(pool.id);
  const id = `${nowMs.toString(36).padStart(9, '0')}-${randomToken(random, 12)}`;
  const content =
    medium === 'EMAIL' ? composeEmail(pool, facts, templates) : composeSms(facts, templates);
  const sealedContent = secrets.seal(random, sealedPlaces.message(id), JSON.stringify(content));
  return {
    pool,
    occasion: facts.occasion,
    state: ctx.world.shownOnly.has(medium) ? 'sent' : 'waiting',
    unaddressed: { id, poolId: pool.id, medium, sealedContent, createdAtMs: nowMs, expiresAtMs },
  };
}

/**
 * Puts a message in the outbox, in the caller's transaction, where the budget of its destination allows one; tells whether. The one
 * way into the outbox. Refused where the pool has a function for sending messages, which cannot be run yet.
 */
export async function enqueueMessage(
  ctx: TransactionContext<'UnexpectedLambdaException', 'outbox' | 'limits'>,
  { pool, occasion, unaddressed, state }: DraftedMessage,
  { to, cause }: { readonly to: string; readonly cause: MessageCause },
): Promise<boolean> {
  const { medium } = unaddressed;
  requireOwnSending(ctx, pool, medium);
  if (!(await takeMessage(ctx, { pool, medium, to, occasion, cause }))) return false;
  // To the domain by which the address was compared: mail programs map odd letters to other ones.
  const recipient = medium === 'EMAIL' ? (mailAddress(to) ?? to) : to;
  await ctx.stores.outbox.add({ ...unaddressed, to: recipient }, state);
  return true;
}

/** Opens what a message says, for delivery and for the inbox of development. */
export async function openMessage(
  vault: OperationContext<never, never>['world']['vault'],
  message: { readonly id: string; readonly poolId: Pool['id']; readonly sealedContent: string },
): Promise<MessageContent> {
  const secrets = await vault.of(message.poolId);
  return JSON.parse(
    secrets.open(sealedPlaces.message(message.id), message.sealedContent).toString('utf8'),
  ) as MessageContent;
}
