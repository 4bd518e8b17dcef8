/**
 * How much of a value is searchable, in UTF-16 units: an index entry of PostgreSQL holds some 2,700 bytes.
 * Longer values are found by their beginning and then compared as a whole.
 */
export const maxSearchLength = 200;

/** Behind every id and every searched text, in order of code points: longer than they are, of the last character. */
export const lastText = '\u{10ffff}'.repeat(maxSearchLength);

/** What a search column holds of a text: its beginning, without the one character that PostgreSQL cannot store. */
export function searchText(folded: string): string {
  const clean = folded.includes('\0') ? folded.replaceAll('\0', '\ufffd') : folded;
  if (clean.length <= maxSearchLength) return clean;
  const endsInsidePair = isHighSurrogate(clean.charCodeAt(maxSearchLength - 1));
  return clean.slice(0, endsInsidePair ? maxSearchLength - 1 : maxSearchLength);
}

/** The first text, in order of code points, behind every text that starts with `prefix`; `undefined` when none is. */
export function prefixEnd(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (;;) {
    const last = points.pop();
    if (last === undefined) return undefined;
    // The top code point has no successor: the one before it must grow. Surrogates are no characters of their own.
    if (last < 0x10ffff)
      return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
