import { isUtf8 } from 'node:buffer';
import { ProtocolFailure } from './protocol-failure.ts';

/** No input of the API nests deeper than some ten levels, and its free-form documents end at 64. */
const DEEPEST = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);
const SMALL_U = 0x75;

/**
 * Parses a request's body; an empty one is `undefined`. Throws SerializationException for anything but strict UTF-8 JSON of
 * modest depth, and for texts that no database keeps as they are: lone surrogates and NUL. Source: behaviour.md 1.4, security.md X03.
 */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) throw malformed('not UTF-8');
  const { tooDeep, escapesUnicode } = scan(body);
  if (tooDeep) throw malformed('nested too deeply');
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw malformed('not JSON');
  }
  // Only an escape can smuggle such characters into valid UTF-8.
  if (escapesUnicode && !isStorable(value)) throw malformed('lone surrogate or NUL');
  return value;
}

function malformed(detail: string): ProtocolFailure {
  return new ProtocolFailure('SerializationException', 'Request body is not valid JSON', detail);
}

/** Looks at the brackets outside strings, so that depth costs nothing before it is refused. */
function scan(body: Buffer): { readonly tooDeep: boolean; readonly escapesUnicode: boolean } {
  let depth = 0;
  let inString = false;
  let escapesUnicode = false;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index] ?? 0;
    if (inString) {
      if (byte === BACKSLASH) {
        index += 1;
        escapesUnicode ||= body[index] === SMALL_U;
      } else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte < 0x5b) continue;
    else if (OPENING.has(byte)) {
      depth += 1;
      if (depth > DEEPEST) return { tooDeep: true, escapesUnicode };
    } else if (CLOSING.has(byte)) depth -= 1;
  }
  return { tooDeep: false, escapesUnicode };
}

/** Visits every text of a value whose depth is known to be modest. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isStorable);
  return Object.entries(value).every(([key, item]) => isStorable(key) && isStorable(item));
}
