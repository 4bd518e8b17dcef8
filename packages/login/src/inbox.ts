import { fill, html, type Html } from './html.ts';
import { mark } from './mark.ts';
import type { Page } from './page.ts';
import type { Texts } from './texts/texts.ts';

/** What the inbox of development knows before it has asked for messages. */
export interface Inbox {
  /** What is also sent to its recipients. */
  readonly sends: { readonly mail: boolean; readonly sms: boolean };
  /** The command that the empty inbox proposes. */
  readonly example: { readonly url: string; readonly clientId?: string; readonly region: string };
}

const POLICY = [
  "script-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
];

/** The frame of the inbox; its script fills the list and the reading pane. */
export function inbox({ sends, example }: Inbox, texts: Texts): Page {
  const words = texts.inbox;
  return {
    texts,
    title: words.title,
    bodyClass: 'inbox',
    sheet: 'inbox.css',
    script: 'inbox-script.js',
    font: 'instrument-sans-latin-wght-normal.woff2',
    policy: POLICY,
    body: html`<header class="bar">
        <div class="brand">
          ${mark}
          <h1>${words.title}</h1>
        </div>
        <span class="chip plain">${words.mode}</span>
        <p class="told faint">${toldOf(sends, words.sends)}</p>
        <p class="live chip good" id="live" role="status">${words.script.live}</p>
      </header>
      <main class="panes" data-pane="list" data-words="${JSON.stringify(words.script)}">
        <section class="list" aria-label="${words.messages}">
          <form class="search" role="search" id="search-form">
            <label class="unseen" for="search">${words.search}</label>
            <input
              id="search"
              type="search"
              placeholder="${words.search}"
              autocomplete="off"
              spellcheck="false"
            />
            <kbd aria-hidden="true">/</kbd>
          </form>
          <ul class="messages" id="messages">
            ${[1, 2, 3, 4].map(() => html`<li class="skeleton" aria-hidden="true"></li>`)}
          </ul>
          ${keys(words)}
        </section>
        <section class="reading" id="reading" aria-label="${words.message}" tabindex="-1"></section>
      </main>
      <p class="unseen" id="announce" role="status"></p>
      <template id="empty">${empty(example, words)}</template>
      <noscript
        ><p class="noscript">
          ${fill(words.needsScript, {
            address: html`<a href="/inbox/messages">/inbox/messages</a>`,
          })}
        </p></noscript
      >`,
  };
}

function keys({ keys: does, shortcuts, script }: Texts['inbox']): Html {
  return html`<div class="keys faint">
    <span class="arrows" aria-hidden="true"
      ><kbd>&uarr;</kbd> <kbd>&darr;</kbd> ${does.choose}</span
    >
    <span class="letters" aria-hidden="true"
      ><kbd>c</kbd> ${does.copy} <kbd>o</kbd> ${does.open} <kbd>/</kbd> ${does.search}</span
    >
    <button type="button" role="switch" id="keys" aria-checked="true">
      ${shortcuts} <span aria-hidden="true" id="keys-now">${script.shortcutsOn}</span>
    </button>
  </div>`;
}

function empty({ url, clientId, region }: Inbox['example'], words: Texts['inbox']): Html {
  const command = [
    'aws cognito-idp sign-up --no-sign-request',
    `--endpoint-url ${url} --region ${region}`,
    `--client-id ${clientId ?? 'YOUR_CLIENT_ID'}`,
    "--username mara --password 'Correct-horse-1'",
    '--user-attributes Name=email,Value=mara@example.com',
  ].join(' \\\n  ');
  return html`<div class="empty">
    ${mark}
    <h2>${words.empty}</h2>
    <p class="muted">${words.emptyText}</p>
    <div class="command">
      <pre class="mono" id="command" tabindex="0">${command}</pre>
      <button class="btn" type="button" data-copy="command">${words.copyCommand}</button>
    </div>
  </div>`;
}

function toldOf({ mail, sms }: Inbox['sends'], words: Texts['inbox']['sends']): string {
  if (mail && sms) return words.both;
  if (mail) return words.mail;
  return sms ? words.sms : words.none;
}
