const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** None of these looks past the next `<` inside a tag: the cost of 20,000 unclosed tags must not be quadratic. */
const INVISIBLE = /<(style|script|head|title)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
const LINK =
  /<a\b[^<>]*?\bhref\s{0,9}=\s{0,9}(?:"([^"<>]*)"|'([^'<>]*)')[^<>]*>([\s\S]{0,2000}?)<\/a\s*>/gi;
const BREAK = /<(?:br|ul|ol|\/div|\/h[1-6]|\/li|\/tr|\/table|\/ul|\/ol|hr)\b[^<>]*>/gi;
const PARAGRAPH = /<\/p\b[^<>]*>/gi;
const ITEM = /<li\b[^<>]*>/gi;
const TAG = /<\/?[a-z][^<>]*>|<![^<>]*>/gi;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi;

/**
 * The plain text of a mail's HTML, for readers without HTML: links are followed by their address, and blocks end lines. For mails only: the
 * result is not safe to be used as HTML.
 */
export function textOfHtml(html: string): string {
  const text = html
    .replace(COMMENT, '')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ')
    .replace(LINK, (_, double?: string, single?: string, inner = '') => {
      const address = double ?? single ?? '';
      const words = withoutTags(inner);
      return words === '' || words === address ? address : `${words}: ${address}`;
    })
    .replace(ITEM, '- ')
    .replace(PARAGRAPH, '\n\n')
    .replace(BREAK, '\n')
    .replace(TAG, '');
  return decode(text)
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function withoutTags(html: string): string {
  return html.replace(TAG, '').trim();
}

/** Decodes in one pass, so that `&amp;lt;` stays `&lt;`. */
function decode(text: string): string {
  return text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
