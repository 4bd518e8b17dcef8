import { hostname } from 'node:os';
import { randomToken, systemRandom, type Clock, type Stores } from '@poolhouse/core';
import type { Work } from './work.ts';

/** How long other nodes wait for a node that no longer renews its lease. */
const LEASE_MS = 10_000;
/** A lease is renewed once this much of it has passed. */
const RENEW_AFTER_MS = LEASE_MS / 3;
/** Clocks of nodes may differ by nearly a minute (ADR 16). A lease that ends even later was taken with a wrong clock. */
const CLOCKS_DIFFER_MS = 60_000;
const SOONEST_MS = 100;

/** What leases work with. */
export interface LeaseParts {
  readonly stores: Pick<Stores, 'leases'>;
  readonly clock: Clock;
}

/**
 * Does a round unless another node is doing it or has just done it. Afterwards the lease is kept until the next round is due, so that the
 * number of rounds does not grow with the number of nodes. If the round fails or the node dies, the lease runs out. Returns the
 * time until this node should look again.
 */
export async function leasedRound(
  { stores, clock }: LeaseParts,
  [name, work]: readonly [string, Work],
  stopping: AbortSignal,
): Promise<number> {
  const { everyMs = LEASE_MS } = work;
  // Readable for operators: which process on which machine.
  const holder = `${process.pid}@${hostname()} ${randomToken(systemRandom)}`;
  let sinceMs = 0;
  const hold = async (forMs: number) => {
    const nowMs = clock.nowMs();
    sinceMs = nowMs;
    const latestMs = nowMs + Math.max(everyMs, LEASE_MS) + CLOCKS_DIFFER_MS;
    return stores.leases.hold({ name, holder, untilMs: nowMs + forMs, nowMs, latestMs });
  };
  const othersUntilMs = await hold(LEASE_MS);
  if (othersUntilMs !== undefined) return Math.max(othersUntilMs - clock.nowMs(), SOONEST_MS);
  let isOurs = true;
  const nextMs = await work.run({
    stopping,
    async goesOn() {
      if (isOurs && clock.nowMs() - sinceMs >= RENEW_AFTER_MS) {
        isOurs = (await hold(LEASE_MS)) === undefined;
      }
      return isOurs && !stopping.aborted;
    },
  });
  const restMs = nextMs ?? everyMs;
  // A node that stops leaves the rest to the next one that looks.
  await hold(stopping.aborted ? 0 : restMs);
  return restMs;
}
