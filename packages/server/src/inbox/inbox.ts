import type { Log, Stores, Vault } from '@poolhouse/core';
import { english, inbox } from '@poolhouse/login';
import { DEFAULT_REGION } from '../pools/default-region.ts';
import { mailDocument } from '../delivery/mail-document.ts';
import type { Mount } from '../site/site.ts';
import { sendPage } from '../pages/page.ts';
import { below, PASS, route, type Request, type Response, type Route } from '../site/route.ts';
import { send, sendJson, setHeaders } from '../site/send.ts';
import { toldOfThisMachine } from '../http/this-machine.ts';
import { INBOX_PATH, refuseInbox } from './refusal.ts';
import { shownMessage, type ShownMessage } from './shown-message.ts';

/** What the inbox shows. */
export interface InboxParts {
  readonly stores: Pick<Stores, 'outbox'>;
  readonly vault: Vault;
  readonly log: Log;
  /** Origin of this server without a trailing slash. */
  readonly publicUrl: () => string;
  /** What is also sent to its recipients. */
  readonly sends: { readonly mail: boolean; readonly sms: boolean };
  /** An app client for the example in the empty inbox. */
  readonly exampleClient: () => { readonly id: string; readonly region: string } | undefined;
}

const USUAL_PAGE = 100;
const LONGEST_PAGE = 200;
/** How many messages back a search looks. */
const LONGEST_SEARCH = 2_000;

/**
 * The development inbox: every mail and SMS that users would have received, as JSON and as a page. It shows codes and links, so it answers
 * only this machine, and is never mounted in production.
 */
export function inboxRoutes(parts: InboxParts): readonly Mount[] {
  const { stores, vault } = parts;
  const routes = [
    route('GET', '/', (_, response) => {
      const { id: clientId, region = DEFAULT_REGION } = parts.exampleClient() ?? {};
      const example = { url: parts.publicUrl(), clientId, region };
      sendPage(response, 200, inbox({ sends: parts.sends, example }, english));
    }),
    route('GET', '/messages', list),
    route('GET', '/messages/:id/body', (request, response) => body(request.params.id, response)),
  ];

  async function list(request: Request, response: Response): Promise<void> {
    const asked = Number(textOf(request, 'limit') ?? USUAL_PAGE);
    const limit = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), LONGEST_PAGE) : USUAL_PAGE;
    const options = { to: textOf(request, 'to'), limit, after: textOf(request, 'after') };
    const search = textOf(request, 'q')?.trim().toLowerCase();
    const messages = search ? await found(search, limit) : await page(options);
    sendJson(response, { messages });
  }

  async function page(options: Parameters<Stores['outbox']['list']>[0]): Promise<ShownMessage[]> {
    const entries = await stores.outbox.list(options);
    return Promise.all(entries.map((entry) => shownMessage(vault, entry)));
  }

  async function found(search: string, limit: number): Promise<readonly ShownMessage[]> {
    const all: ShownMessage[] = [];
    let after: string | undefined;
    for (let seen = 0; seen < LONGEST_SEARCH && all.length < limit; seen += LONGEST_PAGE) {
      const messages = await page({ limit: LONGEST_PAGE, after });
      all.push(...messages.filter((message) => matches(message, search)));
      if (messages.length < LONGEST_PAGE) break;
      after = messages.at(-1)?.id;
    }
    return all.slice(0, limit);
  }

  /** Only the mail, for a frame: it may contain any HTML, so it runs nothing, loads nothing and has no origin. */
  async function body(id: string, response: Response): Promise<unknown> {
    const entry = await stores.outbox.get(id);
    if (entry?.medium !== 'EMAIL') return PASS;
    const message = await shownMessage(vault, entry);
    setHeaders(response, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'SAMEORIGIN',
    });
    // Browsers respect a base element wherever it is: links open outside of the frame, as they would from a mail.
    return send(response, `${mailDocument(message.body)}<base target="_blank">`);
  }

  return [
    { path: INBOX_PATH, routes: [onlyThisMachine(parts.log)] },
    { path: INBOX_PATH, routes },
  ];
}

function textOf(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function matches(message: ShownMessage, search: string): boolean {
  return [message.to, message.username].some((text) => text.toLowerCase().includes(search));
}

/** For everybody else, there is nothing here. */
function onlyThisMachine(log: Log): Route {
  const isForInbox = toldOfThisMachine((told) =>
    log.warn('inbox.refused', {
      ...told,
      fix: 'Open /inbox at http://localhost and the port of this server, on this machine, without anything in between.',
    }),
  );
  return below('/', async (request, response) =>
    (await isForInbox(request)) ? PASS : refuseInbox(response),
  );
}
