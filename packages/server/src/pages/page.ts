import { join } from 'node:path';
import type { Response } from '../site/route.ts';
import { send, setHeaders } from '../site/send.ts';
import { loadAssets } from './assets.ts';
import { html, type Html } from './html.ts';

/** Where {@link sharedAssets} are mounted. */
export const SHARED_ASSETS_PATH = '/static';

/** What all pages look like: the style sheet and the mark. */
export const sharedAssets = loadAssets(
  join(import.meta.dirname, 'page-assets'),
  SHARED_ASSETS_PATH,
);

/** Nine pool tiles turned into a roof. */
export const mark: Html = html`<svg class="mark" viewBox="0 0 26 26" aria-hidden="true">
  <g transform="rotate(45 13 13) translate(3.4 3.4)">
    ${[0, 1, 2, 3, 4, 5, 6, 7, 8].map(
      (tile) =>
        html`<rect
          x="${(tile % 3) * 6.6}"
          y="${Math.floor(tile / 3) * 6.6}"
          width="5.8"
          height="5.8"
          rx="1.4"
          opacity="${tile === 4 ? '.2' : tile % 2 === 1 ? '.55' : '1'}"
        />`,
    )}
  </g>
</svg>`;

/** A whole page. */
export interface Page {
  readonly title: string;
  readonly bodyClass: string;
  readonly body: Html;
  /** Further style sheets. */
  readonly styles?: readonly string[];
  readonly script?: string;
  /** Directives of the Content-Security-Policy beside {@link BASE_POLICY}. */
  readonly policy?: readonly string[];
}

/** Nothing is loaded from elsewhere, nothing runs, nobody frames the page; a page adds what it needs. Source: security.md X19, X22. */
const BASE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

/** Sends a page that no cache keeps and whose address goes to no other site. */
export function sendPage(response: Response, status: number, page: Page): void {
  response.statusCode = status;
  setHeaders(response, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': [...BASE_POLICY, ...(page.policy ?? [])].join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Frame-Options': 'DENY',
    'X-Content-Type-Options': 'nosniff',
    'X-Robots-Tag': 'noindex',
  });
  send(response, documentOf(page).text);
}

function documentOf({ title, bodyClass, body, styles = [], script }: Page): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="${sharedAssets.url('mark.svg')}" type="image/svg+xml" />
        <link
          rel="preload"
          href="${sharedAssets.url('instrument-sans-latin.woff2')}"
          as="font"
          type="font/woff2"
          crossorigin
        />
        ${[sharedAssets.url('poolhouse.css'), ...styles].map(
          (href) => html`<link rel="stylesheet" href="${href}" />`,
        )}
        ${script !== undefined && html`<script src="${script}" type="module"></script>`}
      </head>
      <body class="${bodyClass}">
        ${body}
      </body>
    </html> `;
}
