import { html, type Html } from './html.ts';
import type { Texts } from './texts/texts.ts';

/** What {@link documentOf} needs the addresses of: a style sheet for each kind of page, scripts, the icon, a font. */
export const PAGE_FILES = [
  'page.css',
  'inbox.css',
  'inbox-script.js',
  'icon.svg',
  'instrument-sans-latin-wght-normal.woff2',
] as const;
/** One of {@link PAGE_FILES}. */
export type PageFile = (typeof PAGE_FILES)[number];

/** A page as a view makes it: what stands in it, and what it needs. */
export interface Page {
  readonly texts: Pick<Texts, 'language' | 'direction'>;
  readonly title: string;
  /** The kind of page, as the style sheet knows it. */
  readonly bodyClass: string;
  readonly body: Html;
  readonly sheet: Extract<PageFile, `${string}.css`>;
  readonly script?: Extract<PageFile, `${string}.js`>;
  /** What the style sheet will ask for; a page that names none is set in the system's own. */
  readonly font?: Extract<PageFile, `${string}.woff2`>;
  /** Directives of the Content-Security-Policy, beside those that all pages have. */
  readonly policy?: readonly string[];
}

/** The whole document. `addressOf` says where a file is. */
export function documentOf(page: Page, addressOf: (file: PageFile) => string): Html {
  const { texts, title, bodyClass, body, sheet, script, font } = page;
  return html`<!doctype html>
    <html lang="${texts.language}" dir="${texts.direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="${addressOf('icon.svg')}" type="image/svg+xml" />
        ${
          font !== undefined &&
          html`<link
            rel="preload"
            href="${addressOf(font)}"
            as="font"
            type="font/woff2"
            crossorigin
          />`
        }
        <link rel="stylesheet" href="${addressOf(sheet)}" />
        ${script !== undefined && html`<script src="${addressOf(script)}" type="module"></script>`}
      </head>
      <body class="${bodyClass}">
        ${body}
      </body>
    </html> `;
}
