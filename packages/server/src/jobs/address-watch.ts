import type { Clock, KnownAddress, Log, Stores } from '@poolhouse/core';
import type { Work } from './work.ts';

const EVERY_MS = 30_000;
/** A node that has not been heard of for so long is believed gone. */
const LIVE_MS = 90_000;
const REMEMBERED_MS = 90 * 24 * 3_600_000;

/** Tells when the public URL is not what it was, or not what other nodes on the database have. */
export interface AddressWatch {
  readonly work: Work;
  /** Notes this node's address for the first time; answers what the operator should read, if anything. */
  arrive(): Promise<string | undefined>;
}

/** Links, and the issuer of tokens, begin with the public URL: a node that has another one works, and fits nothing else. */
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

  /** Others that live now; each is told once. */
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
        // Whoever starts next with another address takes this one's place; other nodes that have it say so again.
        await note(0).catch(() => undefined);
      },
    },
  };
}
