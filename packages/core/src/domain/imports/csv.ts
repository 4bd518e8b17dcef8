/** The longest row. Source: behaviour.md 12. */
export const LONGEST_ROW = 16_000;
/** UTF-8 needs at most this for it. */
const LONGEST_ROW_BYTES = LONGEST_ROW * 4;

/** What stands at a place of a file. */
export type CsvRead =
  /** A row; without fields if it is no UTF-8, too long, or quoted in the wrong way. `next` is where the next one begins. */
  | {
      readonly kind: 'row';
      readonly fields: readonly string[] | undefined;
      readonly next: number;
      /** How many lines it takes: a quoted field may contain line ends. */
      readonly lines: number;
    }
  /** Its end is not among the bytes. */
  | { readonly kind: 'more' }
  /** So much without the end of a row is no CSV file. */
  | { readonly kind: 'broken' };

const TAB = 9;
const LINE_FEED = 10;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;

// Otherwise the decoder would drop a byte order mark from the middle of a file.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads the row at `at`. Fields are quoted as in RFC 4180, section 2, or have each comma after a backslash, as the service wants it
 * (behaviour.md 12); they are trimmed. `isLast` says that the file ends with the bytes.
 */
export function readRow(bytes: Buffer, at: number, isLast: boolean): CsvRead {
  const first = bytes.indexOf(LINE_FEED, at);
  const isQuoted = bytes.subarray(at, first === -1 ? bytes.length : first).includes(QUOTE);
  const found = isQuoted ? endOfQuoted(bytes, at) : first;
  if (found === -1 && !isLast) {
    return bytes.length - at > LONGEST_ROW_BYTES ? { kind: 'broken' } : { kind: 'more' };
  }
  // The last row may lack a line end, but not the end of a quotation.
  if (found === -1 && isQuoted && first !== -1) return { kind: 'broken' };
  const end = found === -1 ? bytes.length : found;
  if (end - at > LONGEST_ROW_BYTES) return { kind: 'broken' };
  const row = bytes.subarray(at, end);
  let lines = 1;
  if (isQuoted) for (const byte of row) if (byte === LINE_FEED) lines += 1;
  return { kind: 'row', fields: fieldsOf(row), next: end + 1, lines };
}

/** The line feed that ends a row with quotes; -1 without one. */
function endOfQuoted(bytes: Buffer, start: number): number {
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (state === 'quoted') {
      if (byte === QUOTE) state = 'closed';
    } else if (byte === LINE_FEED) return at;
    else if (byte === COMMA) state = 'start';
    // A doubled quote closes the quotation and opens it again.
    else if (byte === QUOTE && state !== 'plain') state = 'quoted';
    else if (state === 'start' && byte !== SPACE && byte !== TAB) state = 'plain';
    if (state === 'plain' && byte === BACKSLASH && bytes[at + 1] === COMMA) at += 1;
  }
  return -1;
}

/** The beginning of a field with a quotation. */
const QUOTATION = /[ \t]*"/y;

function fieldsOf(row: Buffer): readonly string[] | undefined {
  let text: string;
  try {
    text = utf8.decode(row);
  } catch {
    return undefined;
  }
  if (text.length > LONGEST_ROW) return undefined;
  if (!text.includes('"') && !text.includes('\\')) {
    return text.split(',').map((field) => field.trim());
  }
  const fields: string[] = [];
  for (let at = 0; ;) {
    QUOTATION.lastIndex = at;
    const field = QUOTATION.test(text)
      ? quotedField(text, QUOTATION.lastIndex)
      : plainField(text, at);
    if (field === undefined) return undefined;
    fields.push(field.value.trim());
    if (field.end >= text.length) return fields;
    at = field.end + 1;
  }
}

/** A field and where it ends: at a comma, or at the end of the row. */
interface Field {
  readonly value: string;
  readonly end: number;
}

function quotedField(text: string, start: number): Field | undefined {
  let value = '';
  for (let at = start; ;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return undefined;
    value += text.slice(at, quote);
    if (text[quote + 1] === '"') {
      value += '"';
      at = quote + 2;
      continue;
    }
    const comma = text.indexOf(',', quote);
    const end = comma === -1 ? text.length : comma;
    return text.slice(quote + 1, end).trim() === '' ? { value, end } : undefined;
  }
}

function plainField(text: string, start: number): Field {
  let value = '';
  for (let at = start; ;) {
    const comma = text.indexOf(',', at);
    if (comma === -1) return { value: value + text.slice(at), end: text.length };
    if (text[comma - 1] !== '\\' || comma === at) {
      return { value: value + text.slice(at, comma), end: comma };
    }
    value += `${text.slice(at, comma - 1)},`;
    at = comma + 1;
  }
}
