/**
 * The pattern that the live service asks of passwords, where its published model has `[\S]+`: at least two characters, and no white
 * space before or after them. Source: error texts of 2017 to 2026 (behaviour.md 5.2).
 */
export const passwordPattern = String.raw`^[\S]+.*[\S]+$`;

// What Java means by \S and by a dot, which is not what JavaScript means.
const spaced = /[ \t\n\v\f\r](?:.*[ \t\n\v\f\r])?/su;
const lineEnd = /[\n\r\u0085\u2028\u2029]/u;
const twoCharacters = /^..+$/su;

/**
 * Whether a text has the form of a password, in time linear to it, which the pattern itself is not. A blank one has: it is legal where
 * a pool allows users without a password (behaviour.md 1.5).
 */
export function isPasswordLike(value: string): boolean {
  if (value === '') return true;
  if (!twoCharacters.test(value)) return false;
  const spaces = spaced.exec(value);
  if (spaces === null) return true;
  const [inner] = spaces;
  const end = spaces.index + inner.length;
  return spaces.index > 0 && end < value.length && !lineEnd.test(inner);
}
