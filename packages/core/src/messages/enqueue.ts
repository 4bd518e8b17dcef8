import { randomToken, sealedPlaces } from '../crypto/index.ts';
import { mailAddress } from '@poolhouse/rules';
import type { Pool } from '../domain/pools/pool.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';
import { requireOwnSending } from '../triggers/fail-closed.ts';
import { composeEmail, composeSms, type MessageFacts } from './compose.ts';
import type { MessageContent } from './content.ts';
import type { MessageMedium } from './mailbox.ts';
import type { MessageTemplates } from './templates.ts';
import { takeMessage, type MessageCause } from './message-budget.ts';

/** A message to a user. */
export interface OutgoingMessage {
  readonly pool: Pool;
  readonly medium: MessageMedium;
  /** The one recipient. */
  readonly to: string;
  readonly facts: MessageFacts;
  /** Decided outside the transaction: a function of the pool's owner may have a say in them. */
  readonly templates: MessageTemplates;
  /** It is not sent after this moment. */
  readonly expiresAtMs: number;
  readonly cause: MessageCause;
}

/**
 * Puts a message in the outbox, in the caller's transaction, where the budget of its destination allows one; tells whether. The one
 * way into the outbox. Refused where the pool has a function for sending messages, which cannot be run yet.
 */
export async function enqueueMessage(
  ctx: TransactionContext<'UnexpectedLambdaException', 'outbox' | 'limits'>,
  { pool, medium, to, facts, templates, expiresAtMs, cause }: OutgoingMessage,
): Promise<boolean> {
  requireOwnSending(ctx, pool, medium);
  const { occasion } = facts;
  if (!(await takeMessage(ctx, { pool, medium, to, occasion, cause }))) return false;
  const secrets = await ctx.secretsOf(pool.id);
  const { random } = ctx;
  const id = `${ctx.nowMs.toString(36).padStart(9, '0')}-${randomToken(random, 12)}`;
  const content =
    medium === 'EMAIL' ? composeEmail(pool, facts, templates) : composeSms(facts, templates);
  await ctx.stores.outbox.add({
    id,
    poolId: pool.id,
    medium,
    // To the domain by which the address was compared: mail programs map odd letters to other ones.
    to: medium === 'EMAIL' ? (mailAddress(to) ?? to) : to,
    sealedContent: secrets.seal(random, sealedPlaces.message(id), JSON.stringify(content)),
    createdAtMs: ctx.nowMs,
    expiresAtMs,
  });
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
