import { PasskeyFailure } from '../passkeys/passkey-ceremony';
import { PoolFailure } from '../pool/pool-api';
import { NoCryptography, SrpRefusal } from '../srp/srp-client';
import type { PoolhouseTexts } from '../texts/poolhouse-texts';
import { AuthError } from '../errors/auth-error';
import { meaningOf, type Meaning } from './failure-rules';

/** Turns whatever was thrown into an error with words for people. The words never hold what the service said. */
export function toAuthError(thrown: unknown, texts: PoolhouseTexts): AuthError {
  if (thrown instanceof AuthError) return thrown;
  const failure = thrown instanceof PoolFailure ? thrown : undefined;
  const meaning = failure ? meaningOf(failure) : meaningOfOwn(thrown);
  return new AuthError({
    ...meaning,
    message: sentence(meaning, texts, failure),
    ...(failure?.serviceCode !== undefined && { serviceCode: failure.serviceCode }),
    ...(thrown instanceof Error && { detail: thrown.message }),
    cause: thrown,
  });
}

/** An error of the kit itself. */
export function authError(meaning: Meaning, texts: PoolhouseTexts, detail?: string): AuthError {
  return new AuthError({
    ...meaning,
    message: sentence(meaning, texts),
    ...(detail !== undefined && { detail }),
  });
}

function meaningOfOwn(thrown: unknown): Meaning {
  if (thrown instanceof PasskeyFailure) return { code: `passkey-${thrown.reason}` };
  if (thrown instanceof NoCryptography) return { code: 'insecure-page' };
  if (thrown instanceof SrpRefusal) return { code: 'unavailable' };
  return { code: 'unknown' };
}

function sentence(meaning: Meaning, texts: PoolhouseTexts, failure?: PoolFailure): string {
  if (meaning.reason) return texts.passwordReasons[meaning.reason];
  if (meaning.code === 'refused') {
    const own = failure && ownersWords(failure.message);
    if (own !== undefined) return own;
  }
  const text = texts.errors[meaning.code];
  if (!text.includes('{attributes}')) return text;
  const names = (meaning.attributes ?? []).flatMap((name) => nameOf(name, texts) ?? []);
  return names.length === 0
    ? texts.errors['invalid-input']
    : text.replace('{attributes}', () => names.join(', '));
}

/** What people call an attribute: `custom:shoe_size` is "shoe size". Undefined for what is none. */
function nameOf(attribute: string, { attributes }: PoolhouseTexts): string | undefined {
  if (Object.hasOwn(attributes, attribute)) return attributes[attribute];
  const own = /^(?:custom|dev):([\w-]+)$/.exec(attribute)?.[1];
  return own?.replaceAll(/[_-]+/g, ' ');
}

const LONGEST_OWN_WORDS = 200;

/** What the pool's owner says to people in a trigger: `PreSignUp failed with error <text>.`; undefined when it is a bug's text. */
function ownersWords(message: string): string | undefined {
  const words = /^\w+ failed with error ([^]+?)\.?$/.exec(message)?.[1]?.trim();
  if (words === undefined || words.length > LONGEST_OWN_WORDS) return undefined;
  if (/[{}<>]|\n|\w(Exception|Error)\b|\bError:|^\w*Error\b| at .+:\d+/.test(words))
    return undefined;
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
