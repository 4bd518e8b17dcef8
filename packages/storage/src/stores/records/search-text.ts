/**
 * How much of a value is searchable, in UTF-16 units: an index entry in PostgreSQL holds some 2,700 bytes. Longer values are found by their
 * beginning and then compared in full.
 */
export const maxSearchLength = 200;

/** Sorts after every id and every searched text, by code point: it is longer than they are, and made of the last character. */
export const lastText = '\u{10ffff}'.repeat(maxSearchLength);

/** What a search column holds of a text: its beginning, without the one character that PostgreSQL cannot store. */
export function searchText(folded: string): string {
  const clean = folded.includes('\0') ? folded.replaceAll('\0', '\ufffd') : folded;
  if (clean.length <= maxSearchLength) return clean;
  const endsInsidePair = isHighSurrogate(clean.charCodeAt(maxSearchLength - 1));
  return clean.slice(0, endsInsidePair ? maxSearchLength - 1 : maxSearchLength);
}

/** The first text, by code point, after every text that starts with `prefix`; `undefined` if there is none. */
export function prefixEnd(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (;;) {
    const last = points.pop();
    if (last === undefined) return undefined;
    // The last code point has no successor, so the one before it is incremented. Surrogates are not characters.
    if (last < 0x10ffff)
      return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
