import { join, resolve } from 'node:path';
import { isRegionName } from '@poolhouse/rules';
import { isLoopbackName } from '../http/loopback.ts';
import { ConfigError } from './config-error.ts';
import { decideMode, ON_YOUR_OWN_MACHINE, type DecidedMode } from './mode.ts';
import { parseKeys, type ConfiguredKey } from './key-encryption-keys.ts';
import { isNetwork } from '../http/source-address.ts';
import {
  HOW_TO_MAKE_A_SECRET,
  postAddress,
  smsSettings,
  snsEndpoint,
  webhookSecrets,
  type SmsSettings,
} from './sms-settings.ts';

/** The server's whole configuration, checked. */
export interface ServerConfig {
  /** `development` accepts the access key `local` and creates what it needs by itself; `production` does neither. */
  readonly mode: DecidedMode['mode'];
  /** Why this mode was chosen, for the line printed at start-up. */
  readonly modeBecause: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly dataFolder: string;
  readonly database:
    | { readonly kind: 'sqlite'; readonly file: string }
    | { readonly kind: 'postgres'; readonly url: string };
  /** Origin without a trailing slash; `undefined` means `http://localhost:<port>`. */
  readonly publicUrl: string | undefined;
  /** The issuer's form for pools that are created without specifying one. */
  readonly issuer: 'own' | 'aws';
  /** The only region that requests may be signed for; `undefined` allows any name. */
  readonly region: string | undefined;
  /** Addresses and networks of proxies whose `X-Forwarded-For` is trusted; none by default. */
  readonly trustedProxies: readonly string[];
  /** Key-encryption keys, the first encrypts; `undefined` means the key file in the data folder. */
  readonly keys: readonly ConfiguredKey[] | undefined;
  readonly mail: { readonly smtpUrl: string; readonly from: string } | undefined;
  readonly sms: SmsSettings | undefined;
  /** The file that declares pools, clients, groups and users. */
  readonly declaration: string | undefined;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Where the log goes: a file, or standard output. */
  readonly logFile?: string;
  /** How long a stopping server reports it at `/readyz` before it ends. */
  readonly drainMs: number;
  /** `test` hashes almost instantly, and exists in development only. */
  readonly passwordHash: 'argon2id' | 'test';
  /** How many days audit entries are kept; `undefined`: no limit. */
  readonly auditDays: number | undefined;
  /** How long after a sign-in its tokens add or remove a way to sign in; `undefined`: as long as they are valid. */
  readonly freshSignInMs: number | undefined;
  /** Networks besides the internet in which identity providers may be. */
  readonly providerNetworks: readonly string[];
}

/** The environment of a process. */
type Environment = Readonly<Record<string, string | undefined>>;

const anything = (text: string): string | undefined => text;

const matching = (form: Pick<RegExp, 'test'>) => (text: string) =>
  form.test(text) ? text : undefined;

const oneOf =
  <const Choice extends string>(...choices: readonly Choice[]) =>
  (text: string) =>
    choices.find((choice) => choice === text);

const port = (text: string): number | undefined =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;

/** A number of days, up to a hundred years. */
const days = (text: string): number | undefined =>
  /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 36_500 ? Number(text) : undefined;

/** A number of minutes, up to a day. */
const minutes = (text: string): number | undefined =>
  /^[1-9]\d{0,3}$/.test(text) && Number(text) <= 1_440 ? Number(text) : undefined;

const seconds = (text: string): number | undefined =>
  /^\d{1,3}$/.test(text) ? Number(text) : undefined;

const origin = (text: string): string | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
  return isOrigin ? text : undefined;
};

const networks = (text: string): string | undefined =>
  listed(text).every(isNetwork) ? text : undefined;

const schemed =
  (...schemes: readonly string[]) =>
  (text: string) =>
    URL.canParse(text) && schemes.includes(new URL(text).protocol) ? text : undefined;

/** Reads each setting; `undefined` if the value is not usable. Plain functions, because a library would slow down every start. */
const settings = {
  POOLHOUSE_MODE: oneOf('development', 'production'),
  POOLHOUSE_HOST: matching(/^[A-Za-z0-9.:_-]+$/),
  POOLHOUSE_PORT: port,
  POOLHOUSE_DATA: anything,
  POOLHOUSE_DATABASE_URL: schemed('postgres:', 'postgresql:'),
  POOLHOUSE_PUBLIC_URL: origin,
  POOLHOUSE_ISSUER: oneOf('own', 'aws'),
  POOLHOUSE_REGION: matching({ test: isRegionName }),
  POOLHOUSE_TRUSTED_PROXIES: networks,
  POOLHOUSE_KEYS: anything,
  POOLHOUSE_SMTP_URL: schemed('smtp:', 'smtps:'),
  POOLHOUSE_MAIL_FROM: matching(/^[^\r\n,]*[^\s@]+@[^\s@]+$/),
  POOLHOUSE_SMS_URL: postAddress,
  POOLHOUSE_SMS_SECRET: webhookSecrets,
  POOLHOUSE_SMS_SNS_REGION: matching({ test: isRegionName }),
  POOLHOUSE_SMS_SNS_ENDPOINT: snsEndpoint,
  POOLHOUSE_SMS_SNS_SENDER_ID: matching(/^(?=\d*[A-Za-z])[A-Za-z\d]{1,11}$/),
  POOLHOUSE_SMS_SNS_MAX_PRICE: matching(/^(?=.*[1-9])\d{1,3}(?:\.\d{1,5})?$/),
  POOLHOUSE_DECLARATION: anything,
  POOLHOUSE_LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error', 'silent'),
  POOLHOUSE_LOG_FILE: anything,
  POOLHOUSE_DRAIN_SECONDS: seconds,
  POOLHOUSE_PASSWORD_HASH: oneOf('argon2id', 'test'),
  POOLHOUSE_AUDIT_DAYS: days,
  POOLHOUSE_FRESH_SIGN_IN_MINUTES: minutes,
  POOLHOUSE_PROVIDER_NETWORKS: networks,
  // Names that the AWS SDKs have given them.
  AWS_ACCESS_KEY_ID: anything,
  AWS_SECRET_ACCESS_KEY: anything,
  AWS_SESSION_TOKEN: anything,
  NODE_ENV: anything,
};

/** The values of settings that are not set. */
const defaults = {
  POOLHOUSE_HOST: '127.0.0.1',
  POOLHOUSE_PORT: '8400',
  POOLHOUSE_DATA: '.poolhouse',
  POOLHOUSE_ISSUER: 'own',
  POOLHOUSE_PASSWORD_HASH: 'argon2id',
} as const;

type Setting = keyof typeof settings;
type Value<Name extends Setting> = ReturnType<(typeof settings)[Name]>;
type Values = {
  readonly [Name in Setting]: Name extends keyof typeof defaults
    ? Exclude<Value<Name>, undefined>
    : Value<Name>;
};

const FIXES: Partial<Record<Setting, string>> = {
  POOLHOUSE_MODE: 'Use development or production.',
  POOLHOUSE_HOST: 'Use an address or a host name of this machine, such as 127.0.0.1.',
  POOLHOUSE_PORT: 'Use a number from 0 to 65535.',
  POOLHOUSE_DATA: 'Use a folder that only this server writes to.',
  POOLHOUSE_DATABASE_URL: 'Use postgres://USER@HOST:PORT/DATABASE, or leave it out for SQLite.',
  POOLHOUSE_PUBLIC_URL:
    'Use the origin that browsers see, such as https://auth.example.com, without a path.',
  POOLHOUSE_ISSUER:
    'For new pools: use own if the public URL is the issuer of their tokens, or aws for the issuer cognito-idp.<region>.amazonaws.com.',
  POOLHOUSE_REGION: 'Use letters, digits and hyphens, such as eu-west-1.',
  POOLHOUSE_TRUSTED_PROXIES:
    'Use the addresses or networks of your own proxies, separated by commas, such as 10.0.0.0/8.',
  POOLHOUSE_KEYS: 'Use id:base64 keys of 32 bytes, separated by commas; the first one encrypts.',
  POOLHOUSE_SMTP_URL: 'Use smtp://USER:PASSWORD@HOST:PORT or smtps://...',
  POOLHOUSE_MAIL_FROM: 'Use one address, such as no-reply@example.com.',
  POOLHOUSE_SMS_URL:
    'Use the https address that text messages are posted to, or an http address of this very machine, without a user name and a password.',
  POOLHOUSE_SMS_SECRET: `Use whsec_ and 24 to 64 random bytes in base64; during a change, the new and the old one, separated by a comma. ${HOW_TO_MAKE_A_SECRET}.`,
  POOLHOUSE_SMS_SNS_REGION:
    'Use the region whose Amazon SNS sends text messages, such as eu-west-1, with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for temporary keys, AWS_SESSION_TOKEN.',
  POOLHOUSE_SMS_SNS_ENDPOINT:
    'Use https://HOST of your own way to Amazon SNS, such as a VPC endpoint, or leave it out.',
  POOLHOUSE_SMS_SNS_SENDER_ID:
    'Use 1 to 11 letters and digits with at least one letter, or leave it out.',
  POOLHOUSE_SMS_SNS_MAX_PRICE:
    'Use the most that one message may cost, in US dollars, such as 0.50, or leave it out.',
  POOLHOUSE_DECLARATION: 'Use the path of a YAML file of pools, or leave it out.',
  POOLHOUSE_LOG_LEVEL: 'Use debug, info, warn, error or silent.',
  POOLHOUSE_LOG_FILE: 'Use the path of a file, or leave it out for standard output.',
  POOLHOUSE_DRAIN_SECONDS:
    'Use whole seconds, more than your balancer takes to notice that /readyz answers 503. The default is 5 in production, 0 in development.',
  POOLHOUSE_PASSWORD_HASH: 'Leave it out.',
  POOLHOUSE_AUDIT_DAYS:
    'Use a number of days from 1 to 36500, or leave it out to keep audit entries without limit.',
  POOLHOUSE_FRESH_SIGN_IN_MINUTES:
    'Use minutes from 1 to 1440, such as 5: whoever signed in longer ago changes no passkey, no second factor and no address before signing in again. Leave it out for what Amazon Cognito does.',
  POOLHOUSE_PROVIDER_NETWORKS:
    'Use the addresses or networks of your own in which identity providers are, separated by commas, such as 10.1.0.0/16. Without it, only those on the internet are read.',
};

/** Reads the settings, or throws {@link ConfigError} about the first invalid one; an empty setting counts as absent. */
export function readConfig(environment: Environment, folder = process.cwd()): ServerConfig {
  const values = readValues(environment);
  const decided = decideMode({
    wanted: values.POOLHOUSE_MODE,
    host: values.POOLHOUSE_HOST,
    publicUrl: values.POOLHOUSE_PUBLIC_URL,
    hasProxies: values.POOLHOUSE_TRUSTED_PROXIES !== undefined,
    nodeEnvironment: values.NODE_ENV,
  });
  const { mode } = decided;
  const dataFolder = resolve(folder, values.POOLHOUSE_DATA);
  const url = values.POOLHOUSE_DATABASE_URL;
  return {
    mode,
    modeBecause: decided.because,
    host: values.POOLHOUSE_HOST,
    port: values.POOLHOUSE_PORT,
    dataFolder,
    database:
      url === undefined
        ? { kind: 'sqlite', file: join(dataFolder, 'poolhouse.db') }
        : { kind: 'postgres', url },
    publicUrl: publicUrlOf(decided, values.POOLHOUSE_PUBLIC_URL),
    issuer: values.POOLHOUSE_ISSUER,
    region: values.POOLHOUSE_REGION,
    trustedProxies: listed(values.POOLHOUSE_TRUSTED_PROXIES),
    keys:
      values.POOLHOUSE_KEYS === undefined
        ? undefined
        : parseKeys('POOLHOUSE_KEYS', values.POOLHOUSE_KEYS),
    mail: mailOf(values.POOLHOUSE_SMTP_URL, values.POOLHOUSE_MAIL_FROM),
    sms: smsSettings(values),
    declaration:
      values.POOLHOUSE_DECLARATION === undefined
        ? undefined
        : resolve(folder, values.POOLHOUSE_DECLARATION),
    // In development a person reads the output; in production, machines read the log.
    logLevel: values.POOLHOUSE_LOG_LEVEL ?? (mode === 'development' ? 'warn' : 'info'),
    ...(values.POOLHOUSE_LOG_FILE !== undefined && {
      logFile: resolve(folder, values.POOLHOUSE_LOG_FILE),
    }),
    // A development server has no balancer in front, and its user waits for it to end.
    drainMs: 1_000 * (values.POOLHOUSE_DRAIN_SECONDS ?? (mode === 'production' ? 5 : 0)),
    passwordHash: passwordHashOf(mode, values.POOLHOUSE_PASSWORD_HASH),
    auditDays: values.POOLHOUSE_AUDIT_DAYS,
    freshSignInMs: msOf(values.POOLHOUSE_FRESH_SIGN_IN_MINUTES),
    providerNetworks: [
      ...listed(values.POOLHOUSE_PROVIDER_NETWORKS),
      ...(mode === 'development' ? ['127.0.0.0/8', '::1'] : []),
    ],
  };
}

function msOf(minutesGiven: number | undefined): number | undefined {
  return minutesGiven && minutesGiven * 60_000;
}

function listed(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(',').map((part) => part.trim());
}

function readValues(environment: Environment): Values {
  const values: Partial<Record<Setting, Value<Setting>>> = {};
  for (const name of Object.keys(settings) as Setting[]) {
    const text = environment[name] || defaultOf(name);
    if (text === undefined) continue;
    const value = settings[name](text);
    if (value === undefined) {
      throw new ConfigError(name, 'has an invalid value', FIXES[name] ?? '');
    }
    values[name] = value;
  }
  // Each value was read by its own function, and all settings with a default are present.
  return values as Values;
}

function defaultOf(name: Setting): string | undefined {
  const all: Partial<Record<Setting, string>> = defaults;
  return all[name];
}

/** One environment variable, for the reference pages. */
export interface SettingReference {
  readonly name: string;
  readonly defaultValue: string | undefined;
  /** What to set it to, in a sentence; empty if any value is valid. */
  readonly fix: string;
}

/** Every setting of our own with its default and its fix. */
export function settingsReference(): readonly SettingReference[] {
  return (Object.keys(settings) as Setting[])
    .filter((name) => name.startsWith('POOLHOUSE_'))
    .map((name) => ({ name, defaultValue: defaultOf(name), fix: FIXES[name] ?? '' }));
}

/** Variables with our prefix that are not settings: otherwise a typo would go unnoticed. */
export function unknownSettings(environment: Environment): readonly string[] {
  return Object.keys(environment).filter(
    (name) =>
      name.startsWith('POOLHOUSE_') &&
      !name.startsWith('POOLHOUSE_TEST_') &&
      !Object.hasOwn(settings, name),
  );
}

/** Links in mails and the issuer of tokens are built from it, so production requires it, and requires https. */
function publicUrlOf(
  { mode, because }: DecidedMode,
  given: string | undefined,
): string | undefined {
  const refuse = (problem: string) =>
    new ConfigError(
      'POOLHOUSE_PUBLIC_URL',
      `${problem}, and this is production: ${because}`,
      `Set the origin that browsers see, such as https://auth.example.com. ${ON_YOUR_OWN_MACHINE}.`,
    );
  if (given === undefined) {
    if (mode === 'development') return undefined;
    throw refuse('is not set');
  }
  const url = new URL(given);
  if (mode === 'production' && url.protocol !== 'https:' && !isLoopbackName(url.hostname)) {
    throw refuse('is not https');
  }
  return url.origin;
}

function mailOf(smtpUrl: string | undefined, from: string | undefined): ServerConfig['mail'] {
  if (smtpUrl === undefined) return undefined;
  if (from !== undefined) return { smtpUrl, from };
  throw new ConfigError(
    'POOLHOUSE_MAIL_FROM',
    'is not set, but POOLHOUSE_SMTP_URL is',
    'Set the sender of all mails, such as no-reply@example.com.',
  );
}

function passwordHashOf(
  mode: ServerConfig['mode'],
  wanted: ServerConfig['passwordHash'],
): ServerConfig['passwordHash'] {
  if (wanted === 'test' && mode !== 'development') {
    throw new ConfigError(
      'POOLHOUSE_PASSWORD_HASH',
      'is test, which protects no password',
      'Leave it out.',
    );
  }
  return wanted;
}
