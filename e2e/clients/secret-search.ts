import { createHash } from 'node:crypto';

/** Secrets of one kind, such as all codes of forgotten passwords. */
export interface Canaries {
  readonly kind: string;
  readonly values: readonly string[];
  /** Random enough that a plain digest reveals nothing; digests of anything else are as good as clear text. */
  readonly isUnguessable?: boolean;
}

/** A secret that was found, and in which form. */
export interface Hit {
  readonly kind: string;
  readonly place: string;
  readonly form: string;
}

/** Any six digits occur somewhere in a large file; where codes leak, all codes of their kind do. */
const SHORT = 8;

/**
 * Looks for secrets, in clear and in every form that is as good as clear. For codes, a hit counts only if all of their kind are found: give
 * three or more, or chance looks like a leak.
 */
export function searchSecrets(
  places: Readonly<Record<string, Buffer>>,
  canaries: readonly Canaries[],
): readonly Hit[] {
  return Object.entries(places).flatMap(([place, content]) => {
    const text = content.toString('latin1');
    return canaries.flatMap(({ kind, values, isUnguessable = false }) => {
      const forms = values.map((value) => formFoundIn(text, value, !isUnguessable));
      const isShort = values.some((value) => value.length < SHORT);
      const hits = forms.filter((form) => form !== undefined);
      if (isShort && hits.length < values.length) return [];
      return hits.map((form) => ({ kind, place, form }));
    });
  });
}

/** The first form of a secret that occurs in a text. */
function formFoundIn(text: string, secret: string, withDigests: boolean): string | undefined {
  return formsOf(secret, withDigests).find(({ needle, name }) =>
    // Digits inside a longer number, such as a time, are not a code.
    name === 'clear' && /^\d+$/.test(secret)
      ? new RegExp(`(?<!\\d)${secret}(?!\\d)`).test(text)
      : text.includes(needle),
  )?.name;
}

interface Form {
  readonly name: string;
  readonly needle: string;
}

/** Every form of a secret that somebody could read, as characters of Latin-1. */
function formsOf(secret: string, withDigests: boolean): readonly Form[] {
  const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
  const bytes = Buffer.from(secret, 'utf8');
  const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const clear = { name: 'clear', needle: latin1(secret) };
  const others: readonly Form[] = [
    { name: 'UTF-16', needle: Buffer.from(secret, 'utf16le').toString('latin1') },
    { name: 'JSON', needle: latin1(JSON.stringify(secret).slice(1, -1)) },
    { name: 'HTML', needle: latin1(html) },
    { name: 'URL', needle: encodeURIComponent(secret) },
    ...encodingsOf(bytes, ''),
    ...(withDigests ? DIGESTS : []).flatMap((digest) => {
      const value = createHash(digest).update(bytes).digest();
      const raw = { name: `${digest}, bytes`, needle: value.toString('latin1') };
      return [raw, ...encodingsOf(value, `${digest}, `)];
    }),
  ];
  return [clear, ...others.filter(({ needle }) => needle !== clear.needle)];
}

/** A password behind a plain digest can be guessed as fast as the digest can be computed. */
const DIGESTS = ['md5', 'sha1', 'sha256', 'sha512'] as const;

function encodingsOf(bytes: Buffer, what: string): readonly Form[] {
  const hex = bytes.toString('hex');
  return [
    { name: `${what}hex`, needle: hex },
    { name: `${what}upper-case hex`, needle: hex.toUpperCase() },
    ...base64FormsOf(bytes).map((needle) => ({ name: `${what}base64`, needle })),
  ];
}

/** Base64, whatever the offset of the secret in longer bytes; without the characters at both ends that contain neighbours' bits. */
function base64FormsOf(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const whole = padded.toString('base64').replace(/=+$/, '');
    const from = Math.ceil((before * 8) / 6);
    const to = padded.length % 3 === 0 ? whole.length : whole.length - 1;
    const inner = whole.slice(from, to);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
