import { lookup } from 'node:dns';
import { request as requestInClear, type IncomingMessage } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { isIP, isIPv4, type LookupFunction } from 'node:net';
import type { WebDocuments } from '@poolhouse/core';
import { holds, listOf } from '../http/source-address.ts';

const LIMIT_MS = 5_000;
const LARGEST_BYTES = 1_000_000;

/** Not the internet's, though written like it. Source: IANA, special-purpose address registry for IPv4. */
const special = listOf([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  // Of the internet's own IPv6 addresses, those that lead elsewhere: Teredo, documentation, 6to4.
  ...['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
]);

/** All of the internet's IPv6 addresses. IPv4 in IPv6 is none of them. */
const global = listOf(['2000::/3']);

/** What a request must not do: reach an address that is not allowed. */
class Refused extends Error {}

/**
 * Reads documents of the web. The address that is connected to decides, so that no name leads into networks that are not meant: of one's
 * own, only those in `ownNetworks` are, and the internet on the ports of the web. Source: security.md X11, X12; federation-triggers.md 1.2.
 */
export function makeWebDocuments({
  ownNetworks,
  limitMs = LIMIT_MS,
}: {
  readonly ownNetworks: readonly string[];
  readonly limitMs?: number;
}): WebDocuments {
  const own = listOf(ownNetworks);
  const isAllowed = (address: string, port: string) =>
    holds(own, address) || (isPublic(address) && (port === '80' || port === '443'));
  return {
    async read(text) {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
      const isSecure = url.protocol === 'https:';
      const port = url.port || (isSecure ? '443' : '80');
      const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
      // An address as the host is connected to without any lookup.
      if (isIP(host) !== 0 && !isAllowed(host, port)) return undefined;
      const checked: LookupFunction = (name, options, done) =>
        lookup(name, { ...options, all: true }, (error, found) => {
          if (error) return done(error, '', 0);
          const [first] = found.filter(({ address }) => isAllowed(address, port));
          if (first === undefined) return done(new Refused(`${name} is not to be read`), '', 0);
          return options.all ? done(null, [first]) : done(null, first.address, first.family);
        });
      try {
        return await received(url, checked, isSecure, limitMs);
      } catch {
        return undefined;
      }
    },
  };
}

function isPublic(address: string): boolean {
  return isIPv4(address)
    ? !holds(special, address)
    : holds(global, address) && !holds(special, address);
}

/** The body of a success; redirects are none. */
function received(
  url: URL,
  lookupOf: LookupFunction,
  isSecure: boolean,
  limitMs: number,
): Promise<string | undefined> {
  const send = isSecure ? requestOverTls : requestInClear;
  const signal = AbortSignal.timeout(limitMs);
  return new Promise((resolve, reject) => {
    const options = {
      agent: false,
      lookup: lookupOf,
      signal,
      headers: { 'User-Agent': 'Poolhouse' },
    };
    const sent = send(url, options, (response: IncomingMessage) => {
      if (response.statusCode !== 200) {
        response.destroy();
        resolve(undefined);
        return;
      }
      body(response).then(resolve, reject);
    });
    sent.on('error', reject);
    sent.end();
  });
}

async function body(response: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    // Leaving the loop closes the connection.
    if (bytes > LARGEST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
