import type { IncomingHttpHeaders } from 'node:http';
import { isLoopbackName } from './loopback.ts';
import { isOfAnotherUser, type ConnectionEnds } from './peer-user.ts';
import { addressOf } from './source-address.ts';

/** What is known of a request before anything of it is believed. */
export interface ArrivedRequest {
  /** The request's target as it came. */
  readonly url?: string | undefined;
  readonly method?: string | undefined;
  readonly httpVersion: string;
  readonly headers: IncomingHttpHeaders;
  readonly socket: ConnectionEnds & { readonly remoteAddress?: string | undefined };
}

/**
 * Tells whether a request came straight from this very machine: over a loopback connection, to a loopback name, from no page of
 * another site, and without a trace of anything in between. What only a developer's machine may do asks here, and nowhere else;
 * where in doubt the answer is no (security.md V10, V12; docs/adr/0008). A proxy of the developer's own user, or of root, that
 * speaks HTTP/1.1, names localhost as the host and adds no header cannot be told from a developer: SECURITY.md says so.
 */
export async function isOfThisMachine(request: ArrivedRequest): Promise<boolean> {
  return (await whyNotOfThisMachine(request)) === undefined;
}

/** Why {@link isOfThisMachine} says no; `undefined` where it says yes. */
async function whyNotOfThisMachine(request: ArrivedRequest): Promise<string | undefined> {
  const { url, httpVersion, headers, socket } = request;
  // nginx speaks HTTP/1.0 to what is behind it, unless it is told otherwise; no client of ours does.
  if (httpVersion !== '1.1') return 'it is not HTTP/1.1';
  if (!isLoopbackName(socket.remoteAddress?.replace(/^::ffff:/, '') ?? '')) {
    return 'it comes from another machine';
  }
  // A target with a host of its own is how proxies are spoken to.
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

/** Reasons that are told of one event at most: a stranger's header could be in each. */
const MOST_REASONS = 20;

/**
 * {@link isOfThisMachine} for what a developer may miss: where it says no, `tell` gets each reason once, for the log.
 * Whoever asked is not told: it may be a stranger.
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

/** Pages of other sites reach this machine's ports too, from the browser that runs here. */
function isOfOwnPages({ method, headers }: ArrivedRequest): boolean {
  const { origin } = headers;
  if (origin !== undefined) return isLoopbackOrigin(origin);
  if (OWN_SITES.has(headers['sec-fetch-site'])) return true;
  // Somebody followed a link to here: the page that held it reads nothing of the answer.
  return (
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}

/** Headers beginning with `x-` that clients and their own instruments send; all others of the kind are taken for a proxy's. */
const CLIENTS_OWN = /^x-(?:amz-(?!cf-)|amzn-trace-id$|requested-with$|poolhouse-|b3-|datadog-)/;
/** Words that proxies, load balancers and delivery networks name their headers with. */
const PROXYS_WORD =
  /(?:^|-)(?:forwarded|forwards?|via|ip|proxy|proxied|cf|cdn|surrogate|tunnel|original|connecting|front|remote|fly|fastly|akamai|ali|azure|incap|tailscale|ngrok|cloudfront|client-(?:cert|verify|addr)|ssl)(?:-|$)/;

/** Names that clients send, as far as they have been looked at. */
const clientsNames = new Set<string>();
const MOST_NAMES = 100;

/**
 * What stands between adds headers, and nobody can list them all. So: no `x-` header that clients do not send, no name with a
 * proxy's word in it, and, whatever the name, no value that tells a network address.
 */
function isTraceOfProxy(given: string, value: string | readonly string[] | undefined): boolean {
  if (given === 'host') return false;
  if (!clientsNames.has(given)) {
    // Programs behind CGI and WSGI know one name in both writings, and their gateways send either.
    const name = given.replaceAll('_', '-');
    if (name.startsWith('x-') ? !CLIENTS_OWN.test(name) : PROXYS_WORD.test(name)) return true;
    if (clientsNames.size < MOST_NAMES) clientsNames.add(given);
  }
  const texts = typeof value === 'string' ? value.split(',') : (value ?? []);
  return texts.some((text) => addressOf(text) !== undefined);
}

/** The last origin that was one: nearly always the next one too. */
let lastLoopbackOrigin: string | undefined;

function isLoopbackOrigin(origin: string): boolean {
  if (origin === lastLoopbackOrigin) return true;
  if (!URL.canParse(origin) || !isLoopbackName(new URL(origin).hostname)) return false;
  lastLoopbackOrigin = origin;
  return true;
}
