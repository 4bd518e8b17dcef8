import type { Log, MessageContent, OutboxEntry } from '@poolhouse/core';

/** A message that is ready to hand over, to exactly one recipient. */
export interface OutgoingMessage extends Pick<
  OutboxEntry,
  'id' | 'poolId' | 'medium' | 'to' | 'createdAtMs' | 'expiresAtMs'
> {
  readonly content: MessageContent;
}

/** Hands messages over to a mail server or an SMS provider. */
export interface Transport {
  /**
   * Resolves once the message has been accepted. Throws {@link UndeliverableError} for a message that never will be; after any other error
   * a later attempt may succeed. The signal aborts when the attempt has taken too long.
   */
  deliver(message: OutgoingMessage, signal: AbortSignal): Promise<void>;
  /** Closes connections. */
  close(): void;
}

/** Trying again cannot help: the message is put aside with this reason, which operators read. */
export class UndeliverableError extends Error {
  override readonly name = 'UndeliverableError';
}

/** A later attempt may succeed, but not before this pause: whoever carries the message asks for it. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
  readonly pauseMs: number;

  constructor(message: string, pauseMs: number) {
    super(message);
    this.pauseMs = pauseMs;
  }
}

/** Transports by the medium of the message. */
export type Transports = Readonly<Record<OutboxEntry['medium'], Transport>>;

/** In development messages need no carrier: the inbox reads them from the outbox. Only what was stored to be carried comes here. */
const inboxTransport: Transport = { deliver: async () => undefined, close: () => undefined };

/** Messages wait until their codes end, so that setting up a transport and restarting still delivers them. */
function noTransport(reason: string): Transport {
  return {
    deliver: async () => {
      throw new Error(reason);
    },
    close: () => undefined,
  };
}

const noMailTransport = noTransport(
  'No mail server is configured. Set POOLHOUSE_SMTP_URL and POOLHOUSE_MAIL_FROM.',
);
const noSmsTransport = noTransport(
  'Nothing is configured that sends SMS. Set POOLHOUSE_SMS_URL or POOLHOUSE_SMS_SNS_REGION.',
);

/** The media whose messages the inbox of development shows, and nobody carries. */
export function shownOnly(
  mode: 'development' | 'production',
  carriers: { readonly mail?: object; readonly sms?: object },
): ReadonlySet<OutboxEntry['medium']> {
  const shown = new Set<OutboxEntry['medium']>();
  if (mode === 'production') return shown;
  if (carriers.mail === undefined) shown.add('EMAIL');
  if (carriers.sms === undefined) shown.add('SMS');
  return shown;
}

/**
 * Chooses the transports: what is set up, else the inbox in development. Production is warned where there is no mail server; start-up
 * names the pools that need SMS.
 */
export function chooseTransports(
  mode: 'development' | 'production',
  carriers: { readonly mail?: Transport; readonly sms?: Transport },
  log?: Log,
): Transports {
  const shown = shownOnly(mode, carriers);
  if (mode === 'production' && carriers.mail === undefined) {
    log?.warn('mail.unconfigured', { fix: 'Set POOLHOUSE_SMTP_URL and POOLHOUSE_MAIL_FROM.' });
  }
  return {
    EMAIL: carriers.mail ?? (shown.has('EMAIL') ? inboxTransport : noMailTransport),
    SMS: carriers.sms ?? (shown.has('SMS') ? inboxTransport : noSmsTransport),
  };
}
