import { DEFAULT_REGION } from '../default-region.ts';
import type { Assets } from '../pages/assets.ts';
import { html, type Html } from '../pages/html.ts';
import { mark, type Page } from '../pages/page.ts';

/** What the empty inbox proposes to try. */
export interface Example {
  readonly url: string;
  readonly client: { readonly id: string; readonly region: string } | undefined;
}

/** The frame of the inbox; its script fills the list and the reading pane. */
export function inboxPage(assets: Assets, sendsMail: boolean, example: Example): Page {
  return {
    title: 'Inbox',
    bodyClass: 'inbox',
    styles: [assets.url('inbox.css')],
    script: assets.url('inbox.js'),
    policy: [
      "script-src 'self'",
      "connect-src 'self'",
      "frame-src 'self'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ],
    body: html`<header class="bar">
        <div class="brand">
          ${mark}
          <h1>Inbox</h1>
        </div>
        <span class="chip plain">Development</span>
        <p class="told faint">
          ${sendsMail ? 'Mails also go to your mail server.' : 'Mails and SMS stay on this machine.'}
        </p>
        <p class="live chip good" id="live" role="status">Live</p>
      </header>
      <main class="panes" data-pane="list">
        <section class="list" aria-label="Messages">
          <form class="search" role="search" id="search-form">
            <label class="unseen" for="search">Search by recipient</label>
            <input
              id="search"
              type="search"
              placeholder="Search by recipient"
              autocomplete="off"
              spellcheck="false"
            />
            <kbd aria-hidden="true">/</kbd>
          </form>
          <ul class="messages" id="messages">
            ${[1, 2, 3, 4].map(() => html`<li class="bone" aria-hidden="true"></li>`)}
          </ul>
          <div class="keys faint">
            <span class="arrows" aria-hidden="true"
              ><kbd>&uarr;</kbd> <kbd>&darr;</kbd> choose</span
            >
            <span class="letters" aria-hidden="true"
              ><kbd>c</kbd> copy <kbd>o</kbd> open link <kbd>/</kbd> search</span
            >
            <button type="button" role="switch" id="keys" aria-checked="true">
              Keyboard shortcuts: <span aria-hidden="true" id="keys-now">on</span>
            </button>
          </div>
        </section>
        <section class="reading" id="reading" aria-label="Message" tabindex="-1"></section>
      </main>
      <p class="unseen" id="announce" role="status"></p>
      <template id="empty">${emptyState(example)}</template>
      <noscript
        ><p class="noscript">
          The inbox needs JavaScript. The same messages are at
          <a href="/inbox/messages">/inbox/messages</a>.
        </p></noscript
      >`,
  };
}

function emptyState({ url, client }: Example): Html {
  const command = [
    'aws cognito-idp sign-up --no-sign-request',
    `--endpoint-url ${url} --region ${client?.region ?? DEFAULT_REGION}`,
    `--client-id ${client?.id ?? 'YOUR_CLIENT_ID'}`,
    "--username mara --password 'Correct-horse-1'",
    '--user-attributes Name=email,Value=mara@example.com',
  ].join(' \\\n  ');
  return html`<div class="empty">
    ${mark}
    <h2>No messages yet</h2>
    <p class="muted">
      When somebody signs up, is invited or forgets a password, the mail or SMS appears here within
      two seconds, with its code or link ready to use. Try it:
    </p>
    <div class="command">
      <pre class="mono" id="command" tabindex="0">${command}</pre>
      <button class="btn" type="button" data-copy="command">Copy</button>
    </div>
  </div>`;
}
