/** HTML that was made by {@link html} and may stand in a page as it is. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may be put into HTML. Absent parts leave nothing. */
export type Part = string | number | Html | undefined | false | readonly Html[];

/**
 * Makes HTML from a template; what is put in is escaped, unless it is HTML already. Where an address is put in, it leads to a page or
 * nowhere. Source: security.md X19.
 */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const whole = texts.reduce((before, text, index) => {
    const part = parts[index - 1];
    const isAddress = typeof part === 'string' && ADDRESS_BEFORE.test(before);
    return before + written(isAddress ? pageAddress(part) : part) + text;
  });
  return new Html(whole);
}

const ADDRESS_BEFORE = /\b(?:href|src|action)="$/;
/** An address without a scheme is one of the page's own site. */
const HERE = 'https://here.invalid';

/** The address, made useless where it would run code or show a text as if it were ours. */
function pageAddress(address: string): string {
  const url = URL.canParse(address, HERE) ? new URL(address, HERE) : undefined;
  return url !== undefined && ['http:', 'https:'].includes(url.protocol)
    ? address
    : `unsafe:${address}`;
}

/**
 * A text with its places filled: where it says `{app}`, what `parts` has for `app`. Texts are no HTML and are escaped, what fills
 * them as by {@link html}. A place that nothing is known for stays as it was written, so that whoever wrote it sees it.
 */
export function fill(text: string, parts: Readonly<Record<string, Part>>): Html {
  const pieces = text
    .split(/\{(\w+)\}/)
    .map((piece, index) =>
      index % 2 === 0
        ? escapeHtml(piece)
        : Object.hasOwn(parts, piece)
          ? written(parts[piece])
          : `{${piece}}`,
    );
  return new Html(pieces.join(''));
}

function written(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return escapeHtml(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text as it may stand between tags or in a quoted attribute. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
