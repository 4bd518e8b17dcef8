import { isLoopbackName } from '../http/loopback.ts';
import { ConfigError } from './config-error.ts';

/** Text messages are posted to a receiver of the operator's own, signed. */
export interface SmsWebhookSettings {
  readonly kind: 'webhook';
  readonly url: string;
  /** Each of them signs every message, so that a receiver may know either while the secret is being replaced. */
  readonly secrets: readonly Buffer[];
}

/** Text messages are published with Amazon SNS. */
export interface SnsSettings {
  readonly kind: 'sns';
  readonly region: string;
  /** Ends with the slash. */
  readonly endpoint: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string | undefined;
  };
  readonly senderId: string | undefined;
  /** US dollars, as a decimal number. */
  readonly maxPriceUsd: string | undefined;
}

/** How this server sends text messages. */
export type SmsSettings = SmsWebhookSettings | SnsSettings;

/** The environment variables that decide it, each of them already read. */
export interface SmsVariables {
  readonly POOLHOUSE_SMS_URL: string | undefined;
  readonly POOLHOUSE_SMS_SECRET: readonly Buffer[] | undefined;
  readonly POOLHOUSE_SMS_SNS_REGION: string | undefined;
  readonly POOLHOUSE_SMS_SNS_ENDPOINT: string | undefined;
  readonly POOLHOUSE_SMS_SNS_SENDER_ID: string | undefined;
  readonly POOLHOUSE_SMS_SNS_MAX_PRICE: string | undefined;
  readonly AWS_ACCESS_KEY_ID: string | undefined;
  readonly AWS_SECRET_ACCESS_KEY: string | undefined;
  readonly AWS_SESSION_TOKEN: string | undefined;
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

/** An address of SNS: one that messages may be posted to, without a path. */
export function snsEndpoint(text: string): string | undefined {
  const address = postAddress(text);
  if (address === undefined) return undefined;
  return address === `${new URL(address).origin}/` ? address : undefined;
}

const NEEDS_SECRET = `${HOW_TO_MAKE_A_SECRET}.`;
const NEEDS_URL = 'Set the address that text messages are posted to, or remove the secret.';
const NEEDS_REGION = 'Set the region whose Amazon SNS sends text messages, or remove it.';
const NEEDS_KEY =
  'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to the access key of an AWS user who may call sns:Publish.';

/** Decides how text messages are sent, or throws {@link ConfigError}; `undefined` if nothing is set up. */
export function smsSettings(variables: SmsVariables): SmsSettings | undefined {
  const { POOLHOUSE_SMS_URL: url, POOLHOUSE_SMS_SNS_REGION: region } = variables;
  if (url !== undefined && region !== undefined) {
    throw new ConfigError(
      'POOLHOUSE_SMS_URL',
      'is set, and so is POOLHOUSE_SMS_SNS_REGION',
      'A server sends text messages in one way: remove one of them.',
    );
  }
  const need = needIn(variables);
  need('POOLHOUSE_SMS_SECRET', 'POOLHOUSE_SMS_URL', NEEDS_URL);
  need('POOLHOUSE_SMS_SNS_ENDPOINT', 'POOLHOUSE_SMS_SNS_REGION', NEEDS_REGION);
  need('POOLHOUSE_SMS_SNS_SENDER_ID', 'POOLHOUSE_SMS_SNS_REGION', NEEDS_REGION);
  need('POOLHOUSE_SMS_SNS_MAX_PRICE', 'POOLHOUSE_SMS_SNS_REGION', NEEDS_REGION);
  const secrets = need('POOLHOUSE_SMS_URL', 'POOLHOUSE_SMS_SECRET', NEEDS_SECRET);
  if (url !== undefined && secrets !== undefined) return { kind: 'webhook', url, secrets };
  const accessKeyId = need('POOLHOUSE_SMS_SNS_REGION', 'AWS_ACCESS_KEY_ID', NEEDS_KEY);
  const secretAccessKey = need('POOLHOUSE_SMS_SNS_REGION', 'AWS_SECRET_ACCESS_KEY', NEEDS_KEY);
  if (region === undefined || accessKeyId === undefined || secretAccessKey === undefined) {
    return undefined;
  }
  return {
    kind: 'sns',
    region,
    endpoint: variables.POOLHOUSE_SMS_SNS_ENDPOINT ?? endpointIn(region),
    credentials: { accessKeyId, secretAccessKey, sessionToken: variables.AWS_SESSION_TOKEN },
    senderId: variables.POOLHOUSE_SMS_SNS_SENDER_ID,
    maxPriceUsd: variables.POOLHOUSE_SMS_SNS_MAX_PRICE,
  };
}

/** Returns the variable that another one cannot do without, or throws if the other one is set without it. */
function needIn(variables: SmsVariables) {
  return <Name extends keyof SmsVariables>(
    given: keyof SmsVariables,
    needed: Name,
    fix: string,
  ): SmsVariables[Name] => {
    if (variables[given] === undefined || variables[needed] !== undefined) return variables[needed];
    throw new ConfigError(needed, `is not set, but ${given} is`, fix);
  };
}

/** Source: AWS General Reference, "Amazon SNS endpoints and quotas". */
function endpointIn(region: string): string {
  return `https://sns.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/`;
}
