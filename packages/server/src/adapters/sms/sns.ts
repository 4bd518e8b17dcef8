import { hash } from 'node:crypto';
import type { Clock } from '@poolhouse/core';
import { isPhoneNumber } from '@poolhouse/rules';
import type { SnsSettings } from '../../config/sms-settings.ts';
import {
  UndeliverableError,
  type OutgoingMessage,
  type Transport,
} from '../../delivery/transport.ts';
import {
  ALGORITHM,
  formatTimestamp,
  signatureOf,
  signingKey,
  TERMINATOR,
} from '../../http/signature-v4.ts';
import { ANSWER_LIMIT_MS, beginningOf, post, tryAgain } from './post.ts';

const NAME = 'Amazon SNS';
const SERVICE = 'sns';

/**
 * SNS refuses this number or this text, and will do so again. Everything else is about the account, its keys or this moment: the message waits.
 * Source: Amazon SNS API Reference, Publish, "Errors".
 */
const OF_THIS_MESSAGE = new Set(['InvalidParameter', 'ParameterValueInvalid', 'ValidationError']);

/**
 * Makes the transport that publishes text messages with Amazon SNS. Source: Amazon SNS API Reference, Publish (Query protocol, version
 * 2010-03-31); Developer Guide, "Sending a message", for the attributes.
 */
export function makeSns(
  settings: Omit<SnsSettings, 'kind'>,
  { clock, limitMs = ANSWER_LIMIT_MS }: { readonly clock: Clock; readonly limitMs?: number },
): Transport {
  return {
    async deliver(message, signal) {
      if (!isPhoneNumber(message.to)) {
        throw new UndeliverableError('The recipient is not a phone number.');
      }
      const body = publish(message, settings);
      const headers = signedHeaders(body, settings, clock.nowMs());
      const request = { url: settings.endpoint, headers, body };
      const response = await post(request, { name: NAME, limitMs }, signal);
      const answer = await beginningOf(response);
      if (response.ok) {
        if (answer.includes('<MessageId>')) return;
        // Whoever answered, it was not SNS.
        throw new Error(`What answered for ${NAME} has not published the message.`);
      }
      const code = /<Code>([A-Za-z.]{1,60})<\/Code>/.exec(answer)?.[1];
      const reason = `${NAME} answered ${response.status}${code === undefined ? '' : ` ${code}`}`;
      if (response.status === 400 && code !== undefined && OF_THIS_MESSAGE.has(code)) {
        throw new UndeliverableError(`${reason}: ${explanationIn(answer, message.to)}`);
      }
      // Without its explanation, which may repeat the session token.
      throw tryAgain(response, `${reason}.`, clock.nowMs());
    },
    close: () => undefined,
  };
}

function publish(
  { to, content }: OutgoingMessage,
  { senderId, maxPriceUsd }: Omit<SnsSettings, 'kind'>,
): string {
  const attributes = [
    { name: 'SMSType', type: 'String', value: 'Transactional' },
    ...(senderId === undefined ? [] : [{ name: 'SenderID', type: 'String', value: senderId }]),
    ...(maxPriceUsd === undefined
      ? []
      : [{ name: 'MaxPrice', type: 'Number', value: maxPriceUsd }]),
  ];
  const form = new URLSearchParams({
    Action: 'Publish',
    Version: '2010-03-31',
    PhoneNumber: to,
    Message: content.body,
  });
  for (const [index, { name, type, value }] of attributes.entries()) {
    const entry = `MessageAttributes.entry.${index + 1}`;
    form.set(`${entry}.Name`, `AWS.SNS.SMS.${name}`);
    form.set(`${entry}.Value.DataType`, type);
    form.set(`${entry}.Value.StringValue`, value);
  }
  return form.toString();
}

function signedHeaders(
  body: string,
  { endpoint, region, credentials }: Omit<SnsSettings, 'kind'>,
  nowMs: number,
): Readonly<Record<string, string>> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const timestamp = formatTimestamp(nowMs);
  const scope = { date: timestamp.slice(0, 8), region, service: SERVICE };
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    host: new URL(endpoint).host,
    'x-amz-date': timestamp,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(headers);
  const signature = signatureOf(
    { scope, timestamp, url: '/', headers, signedHeaders: names, bodyHash: hash('sha256', body) },
    signingKey(scope, secretAccessKey),
  ).toString('hex');
  const { host: _, ...sent } = headers;
  const credential = `${accessKeyId}/${scope.date}/${region}/${SERVICE}/${TERMINATOR}`;
  return {
    ...sent,
    authorization: `${ALGORITHM} Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}

/** Why SNS refuses a message, for people, on one line and without the number: reasons are logged. */
function explanationIn(answer: string, to: string): string {
  const said = /<Message>([^<]{1,1000})<\/Message>/.exec(answer)?.[1] ?? 'no reason given';
  return said
    .replaceAll(to.slice(1), '…')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .slice(0, 300);
}
