import { isLoopbackName } from '../http/loopback.ts';
import { ConfigError } from './config-error.ts';

/** Text messages are posted to a receiver of the operator's own, signed. */
export interface SmsWebhookSettings {
  readonly kind: 'webhook';
  readonly url: string;
  /** Each of them signs every message, so that a receiver may know either while the secret is being replaced. */
  readonly secrets: readonly Buffer[];
}

/** How this server sends text messages. */
export type SmsSettings = SmsWebhookSettings;

/** The environment variables that decide it, each of them already read. */
export interface SmsVariables {
  readonly POOLHOUSE_SMS_URL: string | undefined;
  readonly POOLHOUSE_SMS_SECRET: readonly Buffer[] | undefined;
}

/** How an operator creates a secret. */
export const HOW_TO_MAKE_A_SECRET =
  'Create one with: echo "whsec_$(head -c 32 /dev/urandom | base64)", and give it to the receiver too';

/** An address that messages may be posted to: over TLS, or on this very machine; without a user, a password or a fragment. */
export function postAddress(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '' || url.hash !== '') {
    return undefined;
  }
  const isSafe =
    url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackName(url.hostname));
  return isSafe ? url.href : undefined;
}

/** The sizes that the Standard Webhooks specification allows, in bytes. */
const SECRET_BYTES = { least: 24, most: 64 };

/** Secrets of webhooks, `whsec_` and base64 each, separated by commas. Source: Standard Webhooks, "Signature scheme". */
export function webhookSecrets(text: string): readonly Buffer[] | undefined {
  const secrets = text.split(',').map((part) => webhookSecret(part.trim()));
  return secrets.every((secret) => secret !== undefined) ? secrets : undefined;
}

function webhookSecret(text: string): Buffer | undefined {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1];
  if (encoded === undefined) return undefined;
  const secret = Buffer.from(encoded, 'base64');
  const isWhole = secret.toString('base64') === encoded;
  const fits = secret.length >= SECRET_BYTES.least && secret.length <= SECRET_BYTES.most;
  const isRandom = new Set(secret).size >= secret.length / 4;
  return isWhole && fits && isRandom ? secret : undefined;
}

/** Decides how text messages are sent, or throws {@link ConfigError}; `undefined` if nothing is set up. */
export function smsSettings(variables: SmsVariables): SmsSettings | undefined {
  const { POOLHOUSE_SMS_URL: url, POOLHOUSE_SMS_SECRET: secrets } = variables;
  if (url === undefined) {
    if (secrets === undefined) return undefined;
    throw new ConfigError(
      'POOLHOUSE_SMS_URL',
      'is not set, but POOLHOUSE_SMS_SECRET is',
      'Set the address that text messages are posted to, or remove the secret.',
    );
  }
  if (secrets !== undefined) return { kind: 'webhook', url, secrets };
  throw new ConfigError(
    'POOLHOUSE_SMS_SECRET',
    'is not set, but POOLHOUSE_SMS_URL is',
    `${HOW_TO_MAKE_A_SECRET}.`,
  );
}
