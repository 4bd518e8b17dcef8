import { parse } from 'node:querystring';
import {
  clientId,
  confirmByLink,
  Failure,
  poolId,
  serverContext,
  type Client,
  type Storage,
  type World,
} from '@poolhouse/core';
import {
  confirmationAsk,
  confirmationEnded,
  english,
  type ConfirmationEnd,
  type ConfirmationLink,
} from '@poolhouse/login';
import { decodeInput } from '@poolhouse/model';
import { sendPage } from '../pages/page.ts';
import { charsetOf, hasBodyOf, readBody } from '../site/body.ts';
import { BadRequest, route, type Request, type Response, type Route } from '../site/route.ts';
import type { SourceOf } from '../http/source-address.ts';
import { userAgentOf } from '../http/user-agent.ts';
import { applicationAddress } from './application-address.ts';

/** What the confirmation pages need. */
export interface ConfirmationParts {
  readonly storage: Storage;
  readonly world: World;
  /** Where a request came from, as far as it can be told. */
  readonly sourceOf: SourceOf;
}

type AtPool = Request<'pool'>;

const LONGEST_FORM_BYTES = 16_384;
const MOST_FIELDS = 10;
/** One of a user's own limits, or the attempt budget of the request's source. */
const LIMITED: ReadonlySet<string> = new Set([
  'LimitExceededException',
  'TooManyRequestsException',
]);

const STATUSES: Readonly<Record<ConfirmationEnd, number>> = {
  confirmed: 200,
  'already-confirmed': 200,
  expired: 410,
  invalid: 400,
  'alias-taken': 409,
  'too-many': 429,
  elsewhere: 403,
  trouble: 503,
};

/**
 * The pages behind the link in sign-up mails, `/d/<pool>/confirmUser/`: a page that asks, and, on its button, the confirmation itself. Must
 * be mounted at the root. Source: behaviour.md 5.3, link form; security.md B07.
 */
export function confirmationRoutes(parts: ConfirmationParts): readonly Route[] {
  const { storage, world, sourceOf } = parts;
  const path = '/d/:pool/confirmUser';

  /** Looks at no user and no code, so there is nothing to try out here. */
  async function show(request: AtPool, response: Response): Promise<void> {
    const link = linkOf(request.query);
    const client = link && (await clientOf(request, link));
    if (link === undefined || client === undefined) return end(response, 'invalid', undefined);
    const form = { action: pathOf(client), link };
    sendPage(response, 200, confirmationAsk({ application: client.name, form }, english));
  }

  async function confirm(request: AtPool, response: Response): Promise<void> {
    const source = sourceOf(request);
    const form = await readForm(request);
    if (!isOwnForm(request, world.publicUrl)) return end(response, 'elsewhere', undefined);
    const link = linkOf(form);
    const client = link && (await clientOf(request, link));
    if (link === undefined || client === undefined) return end(response, 'invalid', undefined);
    const outcome = await confirmed(link, { source, request: userAgentOf(request) });
    end(response, outcome, client, outcome === 'trouble' ? link : undefined);
  }

  /** The app client, if it belongs to the pool in the path. */
  async function clientOf(request: AtPool, link: ConfirmationLink): Promise<Client | undefined> {
    const { pool } = request.params;
    const client = await storage.stores.clients.get(clientId(link.clientId));
    return client?.poolId === poolId(pool) ? client : undefined;
  }

  async function confirmed(
    link: ConfirmationLink,
    from: Parameters<typeof serverContext>[2],
  ): Promise<ConfirmationEnd> {
    try {
      return await confirmByLink(serverContext(storage, world, from), link);
    } catch (error) {
      if (error instanceof Failure && LIMITED.has(error.code)) return 'too-many';
      world.log.error('confirmation.failed', { err: error });
      return 'trouble';
    }
  }

  return [route('GET', path, show), route('POST', path, confirm)];
}

function end(
  response: Response,
  outcome: ConfirmationEnd,
  client: Client | undefined,
  again?: ConfirmationLink,
): void {
  const application = client && { name: client.name, address: applicationAddress(client) };
  const form = client && again && { action: pathOf(client), link: again };
  const page = confirmationEnded({ end: outcome, application, again: form }, english);
  sendPage(response, STATUSES[outcome], page);
}

function pathOf(client: Client): string {
  return `/d/${client.poolId}/confirmUser/`;
}

/** The fields of a form; empty if the body is not a form. Source: URL Standard, section 5.1. */
async function readForm(request: Request): Promise<Readonly<Record<string, unknown>>> {
  if (!hasBodyOf(request, 'application/x-www-form-urlencoded')) return {};
  const charset = charsetOf(request);
  const encoding = FORM_ENCODINGS.get(charset);
  if (encoding === undefined) throw new BadRequest(415, `a form in ${charset}`);
  const text = (await readBody(request, LONGEST_FORM_BYTES)).toString(encoding);
  if (text.split('&').length > MOST_FIELDS) throw new BadRequest(413, 'too many fields');
  return parse(text);
}

const FORM_ENCODINGS: ReadonlyMap<string, BufferEncoding> = new Map([
  ['utf-8', 'utf8'],
  ['iso-8859-1', 'latin1'],
]);

/** The link's three values, as ConfirmSignUp would accept them, or `undefined`. */
function linkOf(values: Readonly<Record<string, unknown>>): ConfirmationLink | undefined {
  const decoded = decodeInput('ConfirmSignUp', {
    ClientId: values['client_id'],
    Username: values['user_name'],
    ConfirmationCode: values['confirmation_code'],
  });
  if (!decoded.ok) return undefined;
  const { ClientId, Username, ConfirmationCode } = decoded.input;
  return { clientId: ClientId, username: Username, code: ConfirmationCode };
}

/**
 * Whether a request comes from one of our pages. Browsers say so in Sec-Fetch-Site, older ones only in Origin; a client that sends neither
 * is not a browser with our page.
 */
function isOwnForm({ headers }: Request, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined ? headers.origin === publicUrl : site === 'same-origin';
}
