import { html, type Html } from './html.ts';
import { mark } from './mark.ts';
import type { Page } from './page.ts';
import type { Texts } from './texts/texts.ts';

/** A page that is a card on calm water. Whose page it is says `brand`: an application's name and letter, or else ours. */
export function card(
  texts: Texts,
  {
    title,
    brand,
    content,
  }: { readonly title: string; readonly brand?: string; readonly content: Html },
): Page {
  return {
    texts,
    title,
    bodyClass: 'gate water',
    sheet: 'page.css',
    body: html`<main class="box">
      <div class="brand">
        ${brand === undefined ? mark : html`<span class="avatar" aria-hidden="true">${[...brand][0]}</span>`}
        <span>${brand ?? texts.product}</span>
      </div>
      ${content}
    </main>`,
  };
}
