import { html, type Html } from '../pages/html.ts';
import { mark, sendPage, type Page } from '../pages/page.ts';
import { PASS, route, type Request, type Route } from '../site/route.ts';

/** What the page at `/` leads to. */
export interface HomeFacts {
  readonly publicUrl: string;
  /** Where the inbox of development is; absent in production, and for whom it is not. */
  readonly inbox: string | undefined;
}

/** The page at `/` for people with a browser; programs get the answer for paths that are not there. */
export function homeRoutes(factsFor: (request: Request) => Promise<HomeFacts>): readonly Route[] {
  return [
    route('GET', '/', async (request, response) => {
      response.setHeader('Vary', 'Accept');
      // Programs say that they take anything; a browser names HTML.
      if (!/\btext\/html\b/i.test(request.headers.accept ?? '')) return PASS;
      return sendPage(response, 200, homePage(await factsFor(request)));
    }),
  ];
}

function homePage({ publicUrl, inbox }: HomeFacts): Page {
  return {
    title: 'Poolhouse',
    bodyClass: 'login',
    body: html`<main class="box">
      <div class="brand">${mark}<span>Poolhouse</span></div>
      <div class="stack">
        <h1>This is a user pool server</h1>
        <p class="muted">It speaks the API of Amazon Cognito user pools at this address.</p>
      </div>
      <nav class="stack" aria-label="Pages of this server">
        ${link('/console', 'Console', 'pools, app clients, users and groups')}
        ${inbox !== undefined && link(inbox, 'Inbox', 'the mails and text messages of development')}
        ${link('/readyz', 'Readiness', 'whether it answers, and its database takes writes')}
      </nav>
      <div class="stack">
        <h2>Point a client here</h2>
        <p class="muted">
          Recent AWS command lines and SDKs read
          <span class="mono">AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER=${publicUrl}</span>. Others
          do not know that variable and would ask Amazon: give them
          <span class="mono">--endpoint-url ${publicUrl}</span>, or this address as their endpoint.
        </p>
        <p class="note">
          The guides for each client and for running this server are in the folder docs/guides of
          Poolhouse.
        </p>
      </div>
    </main>`,
  };
}

function link(path: string, name: string, what: string): Html {
  return html`<p><a href="${path}">${name}</a> <span class="muted">${what}</span></p>`;
}
