import { card } from './card.ts';
import { fill, html, type Html } from './html.ts';
import type { Page } from './page.ts';
import type { Texts } from './texts/texts.ts';

/** What the page at `/` leads to. */
export interface Home {
  readonly publicUrl: string;
  /** Where the inbox of development is; absent in production, and for whom it is not. */
  readonly inbox: string | undefined;
}

/** The page at `/`, for people with a browser. */
export function home({ publicUrl, inbox }: Home, texts: Texts): Page {
  const words = texts.home;
  const variable = `AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER=${publicUrl}`;
  return card(texts, {
    title: texts.product,
    content: html`<div class="stack">
        <h1>${words.title}</h1>
        <p class="muted">${words.text}</p>
      </div>
      <nav class="stack" aria-label="${words.pages}">
        ${link('/console', words.console, words.consoleHint)}
        ${inbox !== undefined && link(inbox, words.inbox, words.inboxHint)}
        ${link('/readyz', words.readiness, words.readinessHint)}
      </nav>
      <div class="stack">
        <h2>${words.clients}</h2>
        <p class="muted">
          ${fill(words.clientsText, {
            variable: html`<span class="mono">${variable}</span>`,
            option: html`<span class="mono">--endpoint-url ${publicUrl}</span>`,
          })}
        </p>
      </div>
      <p class="aside">${words.guides}</p>`,
  });
}

function link(path: string, name: string, what: string): Html {
  return html`<p><a href="${path}">${name}</a> <span class="muted">${what}</span></p>`;
}
