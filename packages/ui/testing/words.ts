/** A text without the white space that nobody sees. */
export function words(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
