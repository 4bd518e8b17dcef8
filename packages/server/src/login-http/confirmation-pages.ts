import type { LinkOutcome } from '@poolhouse/core';
import { html, type Html } from '../pages/html.ts';
import { mark, type Page } from '../pages/page.ts';

/** What the link of a sign-up mail says. */
export interface ConfirmationLink {
  readonly clientId: string;
  readonly username: string;
  readonly code: string;
}

/** How a confirmation ended, beyond what core tells: too many attempts, a request from another site, or trouble of ours. */
export type ConfirmationEnd = LinkOutcome | 'too-many' | 'elsewhere' | 'trouble';

interface Words {
  readonly status: number;
  readonly tone: 'good' | 'warn' | 'bad';
  readonly state: string;
  readonly title: string;
  readonly text: (app: string) => Html;
  /** Whether the application is where to go on. */
  readonly leadsBack?: true;
}

/** Each text says what to do next. */
const WORDS: Readonly<Record<ConfirmationEnd, Words>> = {
  confirmed: {
    status: 200,
    tone: 'good',
    state: 'Confirmed',
    title: 'Your account is confirmed',
    text: (app) => html`You can close this page, go back to ${app} and sign in.`,
    leadsBack: true,
  },
  'already-confirmed': {
    status: 200,
    tone: 'good',
    state: 'Confirmed before',
    title: 'This account is confirmed already',
    text: (app) => html`There is nothing more to do. Go back to ${app} and sign in.`,
    leadsBack: true,
  },
  expired: {
    status: 410,
    tone: 'warn',
    state: 'No longer valid',
    title: 'This link was used, or it has expired',
    text: (app) =>
      html`A link works once, for 24 hours. If you have confirmed your account before, go back to
      ${app} and sign in. If not, signing in there lets you ask for a new link.`,
    leadsBack: true,
  },
  invalid: {
    status: 400,
    tone: 'bad',
    state: 'Not valid',
    title: 'This link does not work',
    text: () =>
      html`Part of it may be missing. Open it again from the newest mail, or copy it whole into the
      address bar. If that does not help, go back to where you signed up and ask for a new link.`,
  },
  'alias-taken': {
    status: 409,
    tone: 'warn',
    state: 'Unconfirmed',
    title: 'This address belongs to another account',
    text: (app) =>
      html`Somebody, perhaps you, has confirmed another account with the same address. Go back to
      ${app} and sign in with that account, or sign up with another address.`,
    leadsBack: true,
  },
  'too-many': {
    status: 429,
    tone: 'warn',
    state: 'Unconfirmed',
    title: 'Too many attempts',
    text: () => html`Wait an hour, then open the link in the newest mail again.`,
  },
  elsewhere: {
    status: 403,
    tone: 'bad',
    state: 'Unconfirmed',
    title: 'This has to start from the mail',
    text: () => html`Another page tried to confirm for you. Open the link in the mail yourself.`,
  },
  trouble: {
    status: 503,
    tone: 'bad',
    state: 'Unconfirmed',
    title: 'This did not work just now',
    text: () => html`The trouble is on our side, and your link stays good. Try again in a minute.`,
  },
};

/** The page that the link opens. It changes nothing: scanners of mails open links too. Source: behaviour.md 5.3. */
export function askPage(path: string, app: string, link: ConfirmationLink): Page {
  return card(
    app,
    'Confirm your account',
    html` <div class="stack">
        <h1>Confirm your account</h1>
        <p class="muted">You signed up for ${app} as <b dir="auto">${link.username}</b>.</p>
      </div>
      ${form(path, link, 'Confirm my account')}
      <p class="note">Was it not you? Close this page, and the account stays unconfirmed.</p>`,
  );
}

/** The application that somebody signed up for. */
export interface Application {
  readonly name: string;
  /** Where it is, if that is known. */
  readonly address: string | undefined;
}

/** The page that tells how it ended. */
export function endPage(
  end: ConfirmationEnd,
  app: Application | undefined,
  again?: { readonly path: string; readonly link: ConfirmationLink },
): { readonly status: number; readonly page: Page } {
  const { status, tone, state, title, text, leadsBack } = WORDS[end];
  const page = card(
    app?.name,
    title,
    html` <span class="chip ${tone}">${state}</span>
      <div class="stack">
        <h1>${title}</h1>
        <p class="muted">${text(app?.name ?? 'the application')}</p>
      </div>
      ${leadsBack && app?.address && html`<a class="btn primary" href="${app.address}">Go to ${app.name}</a>`}
      ${again && form(again.path, again.link, 'Try again')}`,
  );
  return { status, page };
}

/** People know the application that they signed up for, not the server behind it: the page has that one's name and letter. */
function card(app: string | undefined, title: string, content: Html): Page {
  return {
    title,
    bodyClass: 'login',
    body: html`<main class="box">
      <div class="brand">
        ${app === undefined ? mark : html`<i class="letter" aria-hidden="true">${[...app][0]}</i>`}
        <span>${app ?? 'Poolhouse'}</span>
      </div>
      ${content}
    </main>`,
    policy: ["form-action 'self'"],
  };
}

function form(path: string, link: ConfirmationLink, verb: string): Html {
  return html`<form method="post" action="${path}">
    <input type="hidden" name="client_id" value="${link.clientId}" />
    <input type="hidden" name="user_name" value="${link.username}" />
    <input type="hidden" name="confirmation_code" value="${link.code}" />
    <button class="btn primary" type="submit">${verb}</button>
  </form>`;
}
