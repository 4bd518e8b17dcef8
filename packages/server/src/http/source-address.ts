import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import type { Log } from '@poolhouse/core';

/**
 * The network address that a request came from: the connection's own, or, behind a proxy that the configuration trusts, what
 * that proxy says. What anybody else says in headers counts for nothing. `undefined` only once the connection is gone, so ask
 * when the request arrives.
 */
export type SourceOf = (
  request: Pick<IncomingMessage, 'headers'> & {
    readonly socket: { readonly remoteAddress?: string | undefined };
  },
) => string | undefined;

/** Addresses that are never a stranger's on the internet: of this machine, and of private networks. Proxies stand there. */
const nearby = listOf([
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '::1',
  'fc00::/7',
  'fe80::/10',
]);

/**
 * Makes it; `trustedProxies` are addresses and networks such as `10.0.0.0/8`. Somebody nearby who forwards requests and is none
 * of them is most likely a proxy that was forgotten: everybody behind it counts as one, so the log is told, once of each.
 */
export function makeSourceOf(trustedProxies: readonly string[], log: Pick<Log, 'warn'>): SourceOf {
  const trusted = listOf(trustedProxies);
  const noted = new Set<string>();
  const note = (proxy: string) => {
    if (noted.has(proxy) || noted.size >= MOST_NOTED) return;
    noted.add(proxy);
    log.warn('proxy.untrusted', {
      proxy,
      effect: 'its headers count for nothing; all behind it count as one address',
      fix: `If it is your own proxy, set POOLHOUSE_TRUSTED_PROXIES=${proxy}.`,
    });
  };
  const known = new Map<string, Peer | undefined>();
  const peerOf = (given: string): Peer | undefined => {
    if (known.has(given)) return known.get(given);
    const address = addressOf(given);
    const peer =
      address === undefined
        ? undefined
        : {
            address,
            isTrusted: holds(trusted, address),
            network: networkOf(address),
          };
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(given, peer);
    return peer;
  };
  return ({ headers, socket }) => {
    const peer = peerOf(socket.remoteAddress ?? '');
    if (peer === undefined) return undefined;
    const forwarded = headers['x-forwarded-for'];
    if (!peer.isTrusted) {
      const forwards = FORWARDING.some((name) => headers[name] !== undefined);
      if (forwards && holds(nearby, peer.address)) note(peer.address);
      return peer.network;
    }
    // Each proxy adds, on the right, whom it heard from.
    const hops = String(forwarded ?? '')
      .split(',')
      .slice(-MOST_HOPS)
      .map(addressOf);
    for (const hop of hops.reverse()) {
      if (hop === undefined) break;
      if (!holds(trusted, hop)) return networkOf(hop);
    }
    return peer.network;
  };
}

/** Who a connection comes from. */
interface Peer {
  readonly address: string;
  readonly isTrusted: boolean;
  /** What counts as one source. */
  readonly network: string;
}

/** Peers that are kept: most requests come from one that sent another before. */
const MOST_KNOWN = 1_000;
const MOST_HOPS = 20;
const MOST_NOTED = 10;
const FORWARDING = ['x-forwarded-for', 'forwarded', 'x-real-ip'] as const;

/** Whether the text is an address, or a network such as `10.0.0.0/8`. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  if (isIP(address) === 0 || more.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIPv4(address) ? 32 : 128))
  );
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    list.addSubnet(address, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  return list;
}

function holds(list: BlockList, address: string): boolean {
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** How every address begins: most other texts are told from one by their first letter. */
const BEGINS_AS_ADDRESS = /^\s*\[?[\da-f]*[:.]/i;

/** A plain address of a text that may have a port, or `undefined`; IPv4 in IPv6 is IPv4. */
export function addressOf(text: string): string | undefined {
  if (!BEGINS_AS_ADDRESS.test(text)) return undefined;
  const trimmed = text.trim().toLowerCase();
  const bare =
    /^\[([^\]]*)\](?::\d+)?$/.exec(trimmed)?.[1] ?? /^([\d.]+):\d+$/.exec(trimmed)?.[1] ?? trimmed;
  const plain = bare.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '');
  return isIP(plain) === 0 ? undefined : plain;
}

/** One customer of a provider has at least 2^64 addresses of IPv6: what counts is the first half. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const start = head === '' ? [] : head.split(':');
  const end = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - start.length - end.length);
  const groups = [...start, ...Array<string>(zeros).fill('0'), ...end].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
