import { card } from './card.ts';
import { fill, html } from './html.ts';
import type { Page } from './page.ts';
import type { Texts } from './texts/texts.ts';

/** What stands where the console would be, until somebody has built it. */
export function noConsole(texts: Texts): Page {
  const { title, heading, text } = texts.noConsole;
  const start = html`<code class="mono">npm start</code>`;
  const build = html`<code class="mono">npm run build:console</code>`;
  return card(texts, {
    title,
    content: html`<div class="stack">
      <h1>${heading}</h1>
      <p class="muted">${fill(text, { start, build })}</p>
    </div>`,
  });
}
