import { createHmac } from 'node:crypto';
import type { Clock } from '@poolhouse/core';
import { isPhoneNumber } from '@poolhouse/rules';
import type { SmsWebhookSettings } from '../../config/sms-settings.ts';
import {
  UndeliverableError,
  type OutgoingMessage,
  type Transport,
} from '../../delivery/transport.ts';
import { ANSWER_LIMIT_MS, post, tryAgain } from './post.ts';

const NAME = 'The receiver of text messages';

/** These say that the address or the secret is wrong, or that the receiver is being replaced: the message waits for the operator. */
const OF_THE_SETTINGS = new Set([401, 403, 404]);
const OF_THIS_MOMENT = new Set([408, 429]);

/**
 * Makes the transport that posts text messages to a receiver of the operator's own, signed as the Standard Webhooks specification says
 * (version 1.0.0). What a receiver answers is not read: it may repeat the code, and reasons are logged.
 */
export function makeSmsWebhook(
  { url, secrets }: Omit<SmsWebhookSettings, 'kind'>,
  { clock, limitMs = ANSWER_LIMIT_MS }: { readonly clock: Clock; readonly limitMs?: number },
): Transport {
  return {
    async deliver(message, signal) {
      if (!isPhoneNumber(message.to)) {
        throw new UndeliverableError('The recipient is not a phone number.');
      }
      const body = bodyOf(message);
      const timestamp = Math.floor(clock.nowMs() / 1_000);
      const headers = {
        'Content-Type': 'application/json',
        'webhook-id': message.id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': secrets
          .map((secret) => webhookSignature(secret, { id: message.id, timestamp, body }))
          .join(' '),
      };
      const response = await post({ url, headers, body }, { name: NAME, limitMs }, signal);
      await response.body?.cancel();
      const { ok, status } = response;
      if (ok) return;
      const reason = `${NAME} answered ${status}${status >= 300 && status < 400 ? ', a redirect, which is not followed' : ''}.`;
      const isRefused = status >= 400 && status < 500;
      if (isRefused && !OF_THE_SETTINGS.has(status) && !OF_THIS_MOMENT.has(status)) {
        throw new UndeliverableError(reason);
      }
      throw tryAgain(response, reason, clock.nowMs());
    },
    close: () => undefined,
  };
}

/** What a receiver gets; docs/guides/text-messages.md promises each member. */
function bodyOf({ id, to, poolId, content, expiresAtMs }: OutgoingMessage): string {
  return JSON.stringify({
    id,
    to,
    text: content.body,
    poolId,
    occasion: content.occasion,
    expiresAt: new Date(expiresAtMs).toISOString(),
  });
}

/** One signature of the header `webhook-signature`. `timestamp` is in seconds. Source: Standard Webhooks, "Signature scheme". */
export function webhookSignature(
  secret: Buffer,
  {
    id,
    timestamp,
    body,
  }: { readonly id: string; readonly timestamp: number; readonly body: string },
): string {
  const signed = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`);
  return `v1,${signed.digest('base64')}`;
}
