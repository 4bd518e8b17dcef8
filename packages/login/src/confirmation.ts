import { card } from './card.ts';
import { fill, html, type Html } from './html.ts';
import type { Page } from './page.ts';
import type { Texts } from './texts/texts.ts';

/** What the link of a sign-up mail says. */
export interface ConfirmationLink {
  readonly clientId: string;
  readonly username: string;
  readonly code: string;
}

/** A form that confirms with what a link says. */
export interface ConfirmationForm {
  /** Where it is sent. */
  readonly action: string;
  readonly link: ConfirmationLink;
}

/** How a confirmation ended: as the user pool says, or by too many attempts, a request from another site, trouble of ours. */
export type ConfirmationEnd = keyof Texts['confirmation']['ends'];

/** The application that somebody signed up for. */
export interface Application {
  readonly name: string;
  /** Where it is, if that is known. */
  readonly address: string | undefined;
}

const TONES: Readonly<Record<ConfirmationEnd, 'good' | 'warn' | 'bad'>> = {
  confirmed: 'good',
  'already-confirmed': 'good',
  expired: 'warn',
  invalid: 'bad',
  'alias-taken': 'warn',
  'too-many': 'warn',
  elsewhere: 'bad',
  trouble: 'bad',
};

/** After these, the application is where to go on. */
const LEADS_BACK: ReadonlySet<ConfirmationEnd> = new Set([
  'confirmed',
  'already-confirmed',
  'expired',
  'alias-taken',
]);

const POLICY = ["form-action 'self'"];

/** The page that the link opens. It changes nothing: scanners of mails open links too. Source: behaviour.md 5.3. */
export function confirmationAsk(
  { application, form }: { readonly application: string; readonly form: ConfirmationForm },
  texts: Texts,
): Page {
  const { title, text, confirm, note } = texts.confirmation.ask;
  const username = html`<b dir="auto">${form.link.username}</b>`;
  return {
    ...card(texts, {
      title,
      brand: application,
      content: html`<div class="stack">
          <h1>${title}</h1>
          <p class="muted">${fill(text, { app: application, username })}</p>
        </div>
        ${formOf(form, confirm)}
        <p class="aside">${note}</p>`,
    }),
    policy: POLICY,
  };
}

/** The page that tells how it ended. People know the application that they signed up for, not the server behind it. */
export function confirmationEnded(
  view: {
    readonly end: ConfirmationEnd;
    readonly application: Application | undefined;
    /** Tries the same once more. */
    readonly again?: ConfirmationForm;
  },
  texts: Texts,
): Page {
  const { end, application, again } = view;
  const { ends, application: unknown, goTo, tryAgain } = texts.confirmation;
  const { state, title, text } = ends[end];
  const address = LEADS_BACK.has(end) ? application?.address : undefined;
  return {
    ...card(texts, {
      title,
      brand: application?.name,
      content: html`<span class="chip ${TONES[end]}">${state}</span>
        <div class="stack">
          <h1>${title}</h1>
          <p class="muted">${fill(text, { app: application?.name ?? unknown })}</p>
        </div>
        ${address !== undefined && goOn(address, fill(goTo, { app: application?.name }))}
        ${again && formOf(again, tryAgain)}`,
    }),
    policy: POLICY,
  };
}

function goOn(address: string, label: Html): Html {
  return html`<a class="btn primary" href="${address}">${label}</a>`;
}

function formOf({ action, link }: ConfirmationForm, verb: string): Html {
  return html`<form method="post" action="${action}">
    <input type="hidden" name="client_id" value="${link.clientId}" />
    <input type="hidden" name="user_name" value="${link.username}" />
    <input type="hidden" name="confirmation_code" value="${link.code}" />
    <button class="btn primary" type="submit">${verb}</button>
  </form>`;
}
