import { randomToken } from '../crypto/index.ts';
import { mailAddress } from '../domain/names/canonical-name.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { Cx } from '../operation.ts';
import { requireOwnMessages } from '../directory/pools/fail-closed.ts';
import { composeEmail, composeSms, type MessageFacts } from './compose.ts';
import type { MessageContent } from './content.ts';

const contentPlace = (row: string) => ({ table: 'outbox', row, column: 'content' });

/** Ways to reach a user, with the attribute that holds the address. */
export type MessageMedium = 'EMAIL' | 'SMS';

/**
 * Puts a message in the outbox, in the caller's transaction. It is not sent after `expiresAtMs`. Refused where the pool has a
 * function for writing or sending it, which cannot be run yet.
 */
export async function enqueueMessage(
  cx: Cx<'UnexpectedLambdaException', 'outbox'>,
  pool: Pool,
  medium: MessageMedium,
  to: string,
  facts: MessageFacts,
  expiresAtMs: number,
): Promise<void> {
  requireOwnMessages(cx, pool, medium);
  const secrets = await cx.world.vault.of(pool.id);
  const { random } = cx.world;
  const id = `${cx.nowMs.toString(36).padStart(9, '0')}-${randomToken(random, 12)}`;
  const content = medium === 'EMAIL' ? composeEmail(pool, facts) : composeSms(pool, facts);
  await cx.stores.outbox.add({
    id,
    poolId: pool.id,
    medium,
    // To the domain by which the address was compared: mail programs map odd letters to other ones.
    to: medium === 'EMAIL' ? (mailAddress(to) ?? to) : to,
    sealedContent: secrets.seal(random, contentPlace(id), JSON.stringify(content)),
    createdAtMs: cx.nowMs,
    expiresAtMs,
  });
}

/** Opens what a message says, for delivery and for the inbox of development. */
export async function openMessage(
  vault: Cx<never, never>['world']['vault'],
  message: { readonly id: string; readonly poolId: Pool['id']; readonly sealedContent: string },
): Promise<MessageContent> {
  const secrets = await vault.of(message.poolId);
  return JSON.parse(
    secrets.open(contentPlace(message.id), message.sealedContent).toString('utf8'),
  ) as MessageContent;
}
