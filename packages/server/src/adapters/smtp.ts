import { createTransport } from 'nodemailer';
import addressparser from 'nodemailer/lib/addressparser';
import { mailDocument } from '../delivery/mail-document.ts';
import { UndeliverableError, type Transport, type OutgoingMessage } from '../delivery/transport.ts';
import { textOfHtml } from '../delivery/text-of-html.ts';

/** The mail server, and the sender. */
export interface SmtpOptions {
  /** `smtp://USER:PASSWORD@HOST:PORT`, or `smtps:`; nodemailer's connection options may follow as a query. */
  readonly smtpUrl: string;
  /** The sender of all mails. A pool may show another one, but bounces still come here. */
  readonly from: string;
}

interface Address {
  readonly name: string;
  readonly address: string;
}

/**
 * One plain address: no list, no group, no quoting, nothing that ends a line. Stricter than RFC 5321 on purpose: where quoting is needed,
 * parsers disagree about who the recipient is (security.md X09).
 */
const PLAIN_ADDRESS =
  /^[^\s\p{Cc}\u2028\u2029<>()[\]\\,;:"@]{1,64}@[^\s\p{Cc}\u2028\u2029<>()[\]\\,;:"@]{1,255}$/u;

/** Makes the transport that hands mails to an SMTP server, each on its own connection. */
export function makeSmtpTransport(options: SmtpOptions): Transport {
  const sender = oneAddress(options.from);
  if (sender === undefined) throw new Error('the sender of mails is not one address');
  const transport = createTransport({
    url: options.smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  return {
    async deliver(message, signal) {
      if (!PLAIN_ADDRESS.test(message.to)) {
        throw new UndeliverableError('The address of the recipient cannot be used for mail.');
      }
      const sending = transport.sendMail(mailOf(message, sender));
      try {
        await Promise.race([sending, givenUp(signal)]);
      } catch (error) {
        // Nobody waits for an abandoned attempt.
        sending.catch(() => undefined);
        throw explained(error);
      }
    },
    close: () => transport.close(),
  };
}

function mailOf({ id, to, content, createdAtMs }: OutgoingMessage, sender: Address) {
  const from = (content.from && oneAddress(content.from)) || sender;
  const replyTo = content.replyTo && oneAddress(content.replyTo);
  return {
    // Separate from the headers that people see, so that no header can add a recipient.
    envelope: { from: sender.address, to: [to] },
    from,
    to: { name: '', address: to },
    ...(replyTo && { replyTo }),
    subject: content.subject ?? '',
    date: new Date(createdAtMs),
    // The same for every attempt, so that recipients' servers recognise a message that arrives twice.
    messageId: `<${id}@${sender.address.slice(sender.address.lastIndexOf('@') + 1)}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: textOfHtml(content.body),
    html: mailDocument(content.body),
  };
}

/** The one address in a text such as `Shop <no-reply@example.com>`, or `undefined` if there is none or more than one. */
function oneAddress(text: string): Address | undefined {
  const [first, ...others] = addressparser(text);
  if (first === undefined || others.length > 0 || !('address' in first)) return undefined;
  const { name, address } = first as Address;
  return PLAIN_ADDRESS.test(address) ? { name, address } : undefined;
}

function givenUp(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const refuse = () => reject(new Error('The mail server took too long.'));
    if (signal.aborted) refuse();
    else signal.addEventListener('abort', refuse, { once: true });
  });
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/**
 * A mail server that refuses this recipient or this content permanently (5xx) will do so again. If it refuses us, at the greeting, the
 * sign-in or the sender, the settings are wrong: the message waits for the operator.
 */
function explained(error: unknown): Error {
  const { code, command = '', response, responseCode = 0, message } = error as SmtpError;
  const said = (response ?? message).replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 300);
  const reason = response === undefined ? said : `The mail server said: ${said}`;
  const ofThisMail = command === 'RCPT TO' || command === 'DATA';
  const refusedBeforeSending = response === undefined && /^E(?:ENVELOPE|MESSAGE)$/.test(code ?? '');
  if ((responseCode >= 500 && ofThisMail) || refusedBeforeSending) {
    return new UndeliverableError(reason, { cause: error });
  }
  return new Error(reason, { cause: error });
}
