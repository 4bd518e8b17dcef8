import type { Clock, KnownAddress, Log, Stores } from '@poolhouse/core';
import type { Work } from './work.ts';

const EVERY_MS = 30_000;
/** A node that has not reported for this long is assumed to be gone. */
const LIVE_MS = 90_000;
const REMEMBERED_MS = 90 * 24 * 3_600_000;

/** Reports if the public URL has changed, or differs from other nodes' on the same database. */
export interface AddressWatch {
  readonly work: Work;
  /** Registers this node's address for the first time; returns what the operator should read, if anything. */
  arrive(): Promise<string | undefined>;
}

/**
 * Links, and the issuer of tokens, begin with the public URL: a node with a different one works, but its links and tokens do not match the
 * others'.
 */
export function makeAddressWatch(
  stores: Pick<Stores, 'addresses'>,
  parts: { readonly clock: Clock; readonly log: Log; readonly publicUrl: () => string },
): AddressWatch {
  const { clock, log, publicUrl } = parts;
  const told = new Set<string>();

  function note(liveMs: number): Promise<readonly KnownAddress[]> {
    const nowMs = clock.nowMs();
    return stores.addresses.note(publicUrl(), nowMs + liveMs, nowMs - REMEMBERED_MS);
  }

  /** Other addresses in use now; each is reported once. */
  function tellOthers(known: readonly KnownAddress[]): string | undefined {
    const others = known.filter(
      (address) => address.publicUrl !== publicUrl() && address.liveUntilMs > clock.nowMs(),
    );
    for (const { publicUrl: other } of others) {
      if (told.has(other)) continue;
      told.add(other);
      log.warn('address.differs', { here: publicUrl(), elsewhere: other });
    }
    return others[0]?.publicUrl;
  }

  return {
    async arrive() {
      const known = await note(LIVE_MS);
      const here = publicUrl();
      const other = tellOthers(known);
      if (other !== undefined) {
        return `Warning: another node on this database has, or had until just now, the public URL ${other}, and this one ${here}. Their tokens name different issuers, and their links lead to different places: set POOLHOUSE_PUBLIC_URL alike on all nodes.`;
      }
      const [before] = known;
      if (before === undefined || before.publicUrl === here) return undefined;
      log.info('address.changed', { from: before.publicUrl, to: here });
      return `The public URL was ${before.publicUrl} and is now ${here}. Tokens and links of before name the old one: applications that check the issuer need the new one.`;
    },
    work: {
      // Each node reports that it is alive.
      scope: 'node',
      everyMs: EVERY_MS,
      async run() {
        tellOthers(await note(LIVE_MS));
      },
      failed: (error) => log.warn('address.unnoted', { err: error }),
      async end() {
        // The next node to start may have another address; any other node with this one registers it again.
        await note(0).catch(() => undefined);
      },
    },
  };
}
