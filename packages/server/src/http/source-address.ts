import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import type { Log } from '@poolhouse/core';

/**
 * The network address that a request came from: the connection's own, or, behind a proxy that the configuration trusts, what that proxy
 * says. Nobody else's headers count. `undefined` only once the connection is gone, so ask when the request arrives.
 */
export type SourceOf = (
  request: Pick<IncomingMessage, 'headers'> & {
    readonly socket: { readonly remoteAddress?: string | undefined };
  },
) => string | undefined;

/** Addresses that no stranger on the internet has: this machine's, and private networks'. Proxies have such addresses. */
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
 * Makes it; `trustedProxies` are addresses and networks such as `10.0.0.0/8`. A nearby client that forwards requests and is not listed is
 * most likely a forgotten proxy. Everybody behind it counts as one source, so this is logged, once for each.
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
    // Each proxy appends, on the right, the address that it heard from.
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

/** The client end of a connection. */
interface Peer {
  readonly address: string;
  readonly isTrusted: boolean;
  /** What counts as one source. */
  readonly network: string;
}

/** How many peers are remembered: most requests come from one that has sent another before. */
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

/** A list of networks. */
export function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    list.addSubnet(address, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  return list;
}

/** Whether a plain address is in a list. */
export function holds(list: BlockList, address: string): boolean {
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** How every address begins: most other texts are ruled out by their first character. */
const BEGINS_AS_ADDRESS = /^\s*\[?[\da-f]*[:.]/i;

/** The plain address in a text that may have a port, or `undefined`; IPv4 in IPv6 counts as IPv4. */
export function addressOf(text: string): string | undefined {
  if (!BEGINS_AS_ADDRESS.test(text)) return undefined;
  const trimmed = text.trim().toLowerCase();
  const bare =
    /^\[([^\]]*)\](?::\d+)?$/.exec(trimmed)?.[1] ?? /^([\d.]+):\d+$/.exec(trimmed)?.[1] ?? trimmed;
  const plain = bare.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '');
  return isIP(plain) === 0 ? undefined : plain;
}

/** Every customer of a provider has at least 2^64 IPv6 addresses, so only the first half counts. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const start = head === '' ? [] : head.split(':');
  const end = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - start.length - end.length);
  const groups = [...start, ...Array<string>(zeros).fill('0'), ...end].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
