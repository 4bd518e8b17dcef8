/** Answers whether a whole value matches a pattern. */
export type Matcher = (value: string) => boolean;

// What Java means by \s and \S, which is less than what JavaScript means.
const javaSpaces = ' \\t\\n\\x0B\\f\\r';

/**
 * Compiles a pattern of the API model, a Java expression that the service matches against the whole value. Every pattern of
 * the model runs in time linear to the value: patterns that would not are taken apart (security.md X07).
 */
export function compilePattern(pattern: string): Matcher {
  const dotAll = pattern.startsWith('(?s)');
  const body = withoutAnchors(dotAll ? pattern.slice('(?s)'.length) : pattern)
    .replaceAll('[\\S]', `[^${javaSpaces}]`)
    .replaceAll('\\s', javaSpaces);
  const separated = dotAll ? undefined : parseSeparated(body);
  if (separated !== undefined) return compileSeparated(separated);
  const expression = new RegExp(`^(?:${body})$`, dotAll ? 'us' : 'u');
  return (value) => expression.test(value);
}

function withoutAnchors(pattern: string): string {
  return pattern.startsWith('^') && pattern.endsWith('$') ? pattern.slice(1, -1) : pattern;
}

/** A pattern such as `[c]*\{##[c]*##\}[c]*`: texts in a fixed order amid characters of one class. */
interface Separated {
  readonly characters: string;
  readonly texts: readonly string[];
  /** How many characters stand before, between and after the texts at least. */
  readonly minimum: 0 | 1;
}

const classPart = String.raw`(\[(?:\\.|[^\]\\])*\]|\.)([*+])`;
const textPart = String.raw`((?:\\[^\w]|[^\\[\](){}.*+?^$|])+)`;

function parseSeparated(pattern: string): Separated | undefined {
  const parts = new RegExp(`${classPart}|${textPart}`, 'uy');
  const texts: string[] = [];
  let characters: string | undefined;
  let quantifier: string | undefined;
  let expectClass = true;
  while (parts.lastIndex < pattern.length) {
    const [, className, times, text] = parts.exec(pattern) ?? [];
    if (className !== undefined && expectClass) {
      if (className !== (characters ??= className) || times !== (quantifier ??= times))
        return undefined;
    } else if (text !== undefined && !expectClass) {
      texts.push(text.replaceAll('\\', ''));
    } else {
      return undefined;
    }
    expectClass = !expectClass;
  }
  if (characters === undefined || expectClass || texts.length === 0) return undefined;
  // The two tests of compileSeparated say the same as the pattern only if the class holds the texts' own characters.
  if (!texts.every((text) => new RegExp(`^${characters}+$`, 'u').test(text))) return undefined;
  return { characters, texts, minimum: quantifier === '+' ? 1 : 0 };
}

function compileSeparated({ characters, texts, minimum }: Separated): Matcher {
  const onlyCharacters = new RegExp(`^${characters}*$`, 'u');
  return (value) => {
    let end = 0;
    for (const text of texts) {
      const start = value.indexOf(text, end + minimum);
      if (start < 0) return false;
      end = start + text.length;
    }
    return end + minimum <= value.length && onlyCharacters.test(value);
  };
}
