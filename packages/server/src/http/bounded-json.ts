import { isUtf8 } from 'node:buffer';

/** JSON that is not examined any further. The text says what was wrong with it and is for the log. */
export class UnreadableJson extends Error {
  override readonly name = 'UnreadableJson';
}

/**
 * How many values (members of objects and items of lists) a body may hold. Reading time depends on the number of values far more than on
 * bytes, and nobody should wait more than 20 ms for a client that has proved nothing yet.
 */
export const MOST_VALUES = {
  /** Enough for a sign-up with all attributes that a pool can have, and as much again in metadata. */
  ofAnybody: 1_000,
  /** Settings and documents of administrators. */
  ofAdministrators: 20_000,
} as const;

/** No input of the API nests deeper than some ten levels, and its free-form documents at most 64. */
const DEEPEST = 100;
/** Longer than any meaningful number; reading one of a million digits takes long. */
const LONGEST_NUMBER = 100;

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);
const SMALL_U = 0x75;

/**
 * Parses a body; an empty one is `undefined`. Throws {@link UnreadableJson} for anything but strict UTF-8 JSON of modest depth with at most
 * `mostValues` values, and for texts that no database stores unchanged: lone surrogates and NUL. The cost is bounded before the parser
 * runs. Source: behaviour.md 1.4, security.md X03.
 */
export function parseBoundedJson(body: Buffer, mostValues: number): unknown {
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) throw new UnreadableJson('not UTF-8');
  const { refusal, escapesUnicode } = scan(body, mostValues);
  if (refusal !== undefined) throw new UnreadableJson(refusal);
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new UnreadableJson('not JSON');
  }
  // In valid UTF-8, only an escape can smuggle in such characters.
  if (escapesUnicode && !isStorable(value)) throw new UnreadableJson('lone surrogate or NUL');
  return value;
}

/** Scans what is outside of strings. Each value follows a comma or an opening bracket, so these are counted. */
function scan(
  body: Buffer,
  mostValues: number,
): { readonly refusal?: string; readonly escapesUnicode: boolean } {
  let depth = 0;
  let values = 0;
  let digits = 0;
  let inString = false;
  let escapesUnicode = false;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index] ?? 0;
    if (inString) {
      if (byte === BACKSLASH) {
        index += 1;
        escapesUnicode ||= body[index] === SMALL_U;
      } else if (byte === QUOTE) inString = false;
      continue;
    }
    // A minus, a point or digits; anything else between these is not JSON anyway.
    digits = byte >= MINUS && byte < COLON ? digits + 1 : 0;
    if (digits > LONGEST_NUMBER) return { refusal: 'a number is too long', escapesUnicode };
    if (byte === QUOTE) inString = true;
    else if (byte === COMMA) values += 1;
    else if (OPENING.has(byte)) {
      values += 1;
      depth += 1;
      if (depth > DEEPEST) return { refusal: 'nested too deeply', escapesUnicode };
    } else if (CLOSING.has(byte)) depth -= 1;
    if (values > mostValues) return { refusal: 'too many values', escapesUnicode };
  }
  return { escapesUnicode };
}

/** Checks every text of a value whose depth is known to be modest. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isStorable);
  return Object.entries(value).every(([key, item]) => isStorable(key) && isStorable(item));
}
