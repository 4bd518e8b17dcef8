import { openMessage, type MessageContent, type OutboxEntry, type Vault } from '@poolhouse/core';
import { textOfHtml } from '../delivery/text-of-html.ts';

/** A message as the inbox returns it in JSON. */
export interface ShownMessage {
  readonly id: string;
  readonly to: string;
  readonly medium: 'EMAIL' | 'SMS';
  /** Empty for SMS. */
  readonly subject: string;
  /** HTML for mails, plain text for SMS. */
  readonly body: string;
  readonly text: string;
  readonly code?: string;
  readonly link?: string;
  readonly occasion: MessageContent['occasion'] | 'unknown';
  readonly username: string;
  readonly poolId: string;
  /** When it was written, ISO 8601. */
  readonly sentAt: string;
  readonly state: OutboxEntry['state'];
  /** Why it has not been delivered yet, or never will be. */
  readonly reason?: string;
}

/** Opens an outbox entry for people to read. One that cannot be opened is shown as such, so that the others still appear. */
export async function shownMessage(vault: Vault, entry: OutboxEntry): Promise<ShownMessage> {
  const content = await openMessage(vault, entry).catch(() => undefined);
  const { id, to, medium, poolId, state, lastError, createdAtMs } = entry;
  const body = content?.body ?? '';
  return {
    id,
    to,
    medium,
    subject: content === undefined ? 'This message cannot be opened' : (content.subject ?? ''),
    body,
    text: medium === 'EMAIL' ? textOfHtml(body) : body,
    ...(content?.code !== undefined && { code: content.code }),
    ...(content?.link !== undefined && { link: content.link }),
    occasion: content?.occasion ?? 'unknown',
    username: content?.username ?? '',
    poolId,
    sentAt: new Date(createdAtMs).toISOString(),
    state,
    ...(lastError !== undefined && { reason: lastError }),
  };
}
