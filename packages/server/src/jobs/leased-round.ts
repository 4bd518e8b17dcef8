import { hostname } from 'node:os';
import { randomToken, systemRandom, type Clock, type Stores } from '@poolhouse/core';
import type { Work } from './work.ts';

/** How long a node that is not heard of keeps others from its work. */
const LEASE_MS = 10_000;
/** A lease is prolonged when so much of it has passed. */
const PROLONG_AFTER_MS = LEASE_MS / 3;
/** What lies further ahead than work ever rests was noted by a clock that was wrong. Clocks of nodes may differ by nearly a minute (ADR 16). */
const CLOCKS_DIFFER_MS = 60_000;
const SOONEST_MS = 100;

/** What leases need. */
export interface LeaseParts {
  readonly stores: Pick<Stores, 'leases'>;
  readonly clock: Clock;
}

/**
 * Does a round where no other node does one or has done it lately. After it the lease rests until the next one is due, so that nodes
 * share the rounds, whatever their number; where it fails or the node dies, it runs out. Answers when to look again.
 */
export async function leasedRound(
  { stores, clock }: LeaseParts,
  [name, work]: readonly [string, Work],
  stopping: AbortSignal,
): Promise<number> {
  const { everyMs = LEASE_MS } = work;
  // For whoever looks who works.
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
      if (isOurs && clock.nowMs() - sinceMs >= PROLONG_AFTER_MS) {
        isOurs = (await hold(LEASE_MS)) === undefined;
      }
      return isOurs && !stopping.aborted;
    },
  });
  const restMs = nextMs ?? everyMs;
  // A node that stops leaves what is left to whoever looks next.
  await hold(stopping.aborted ? 0 : restMs);
  return restMs;
}
