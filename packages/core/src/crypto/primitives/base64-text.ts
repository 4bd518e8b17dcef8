/** The two alphabets of RFC 4648: section 5 without padding, and section 4 with it. */
export type Base64Form = 'base64url' | 'base64';

/**
 * Decodes base64 only in its one canonical spelling. Node's decoder skips unknown characters, so that many texts would stand for the same
 * token.
 */
export function decodeCanonical(text: string, form: Base64Form): Buffer | undefined {
  const bytes = Buffer.from(text, form);
  return bytes.toString(form) === text ? bytes : undefined;
}
