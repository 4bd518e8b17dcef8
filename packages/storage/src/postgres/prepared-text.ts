/** A statement that a connection prepares on first use, by name. */
export interface PreparedText {
  readonly name: string;
  readonly text: string;
}

const known = new Map<string, PreparedText>();

/** The named statement for a text with `?` parameters. No text in this package contains any other question mark. */
export function preparedText(text: string): PreparedText {
  const found = known.get(text);
  if (found !== undefined) return found;
  let count = 0;
  const prepared = {
    name: `poolhouse_${known.size}`,
    text: text.replaceAll('?', () => `$${(count += 1)}`),
  };
  known.set(text, prepared);
  return prepared;
}
