import type { IncomingHttpHeaders } from 'node:http';
import { isLoopbackName } from './loopback.ts';
import { isOfAnotherUser, type ConnectionEnds } from './peer-user.ts';
import { addressOf } from './source-address.ts';

/** What is known about a request before any of its content is believed. */
export interface ArrivedRequest {
  /** The request's target as it arrived. */
  readonly url?: string | undefined;
  readonly method?: string | undefined;
  readonly httpVersion: string;
  readonly headers: IncomingHttpHeaders;
  readonly socket: ConnectionEnds & { readonly remoteAddress?: string | undefined };
}

/**
 * Whether a request came directly from this very machine: over a loopback connection, to a loopback name, not from a page of another site,
 * and without a trace of anything in between. Whatever only a developer's machine may do is decided here and nowhere else; in doubt the
 * answer is no (security.md V10, V12; docs/adr/0008). A proxy of the developer's own user, or of root, that speaks HTTP/1.1, names
 * localhost as the host and adds no header cannot be told from a developer: SECURITY.md says so.
 */
export async function isOfThisMachine(request: ArrivedRequest): Promise<boolean> {
  return (await whyNotOfThisMachine(request)) === undefined;
}

/** Why {@link isOfThisMachine} is false; `undefined` if it is true. */
async function whyNotOfThisMachine(request: ArrivedRequest): Promise<string | undefined> {
  const { url, httpVersion, headers, socket } = request;
  // By default, nginx speaks HTTP/1.0 to the server behind it; none of our clients does.
  if (httpVersion !== '1.1') return 'it is not HTTP/1.1';
  if (!isLoopbackName(socket.remoteAddress?.replace(/^::ffff:/, '') ?? '')) {
    return 'it comes from another machine';
  }
  // Only requests to a proxy have a host in their target.
  if (!url?.startsWith('/')) return 'its target names a host';
  const { host } = headers;
  if (host === undefined || !HOST.test(host) || !isLoopbackOrigin(`http://${host}`)) {
    return 'its host is no loopback name';
  }
  if (!isOfOwnPages(request)) return 'it comes from a page of another site';
  const trace = Object.entries(headers).find(([name, value]) => isTraceOfProxy(name, value));
  if (trace !== undefined) return `its header ${trace[0]} speaks of a proxy`;
  return (await isOfAnotherUser(socket)) ? 'it comes from a program of another user' : undefined;
}

/** How many reasons are reported per event at most: each could contain a stranger's header. */
const MOST_REASONS = 20;

/**
 * {@link isOfThisMachine} for what a developer may miss: if it is false, `tell` gets each reason once, for the log. The client is not told,
 * because it may be a stranger.
 */
export function toldOfThisMachine(
  tell: (told: { readonly reason: string }) => void,
): (request: ArrivedRequest) => Promise<boolean> {
  const told = new Set<string>();
  return async (request) => {
    const reason = await whyNotOfThisMachine(request);
    if (reason === undefined) return true;
    if (!told.has(reason) && told.size < MOST_REASONS) {
      told.add(reason);
      tell({ reason });
    }
    return false;
  };
}

/** A name or an address, and a port. */
const HOST = /^[\w.:[\]-]+$/;
const OWN_SITES: ReadonlySet<unknown> = new Set([undefined, 'none', 'same-origin', 'same-site']);

/** Pages of other sites can reach this machine's ports too, through the browser that runs here. */
function isOfOwnPages({ method, headers }: ArrivedRequest): boolean {
  const { origin } = headers;
  if (origin !== undefined) return isLoopbackOrigin(origin);
  if (OWN_SITES.has(headers['sec-fetch-site'])) return true;
  // Somebody followed a link to here: the page that contained it cannot read the answer.
  return (
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}

/** Headers beginning with `x-` that clients and their instrumentation send; all others are taken for a proxy's. */
const CLIENTS_OWN = /^x-(?:amz-(?!cf-)|amzn-trace-id$|requested-with$|poolhouse-|b3-|datadog-)/;
/** Words that occur in the names of headers from proxies, load balancers and delivery networks. */
const PROXYS_WORD =
  /(?:^|-)(?:forwarded|forwards?|via|ip|proxy|proxied|cf|cdn|surrogate|tunnel|original|connecting|front|remote|fly|fastly|akamai|ali|azure|incap|tailscale|ngrok|cloudfront|client-(?:cert|verify|addr)|ssl)(?:-|$)/;

/** Header names that were found to be clients' own. */
const clientsNames = new Set<string>();
const MOST_NAMES = 100;

/**
 * Intermediaries add headers, and nobody can list them all. So: no `x-` header that clients do not send, no name that contains one of the
 * proxies' words, and, whatever the name, no value that contains a network address.
 */
function isTraceOfProxy(given: string, value: string | readonly string[] | undefined): boolean {
  if (given === 'host') return false;
  if (!clientsNames.has(given)) {
    // Programs behind CGI and WSGI cannot tell `-` from `_` in a name, and their gateways send either.
    const name = given.replaceAll('_', '-');
    if (name.startsWith('x-') ? !CLIENTS_OWN.test(name) : PROXYS_WORD.test(name)) return true;
    if (clientsNames.size < MOST_NAMES) clientsNames.add(given);
  }
  const texts = typeof value === 'string' ? value.split(',') : (value ?? []);
  return texts.some((text) => addressOf(text) !== undefined);
}

/** The last loopback origin: the next one is nearly always the same. */
let lastLoopbackOrigin: string | undefined;

function isLoopbackOrigin(origin: string): boolean {
  if (origin === lastLoopbackOrigin) return true;
  if (!URL.canParse(origin) || !isLoopbackName(new URL(origin).hostname)) return false;
  lastLoopbackOrigin = origin;
  return true;
}
