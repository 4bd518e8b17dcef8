import type { Clock, AttemptBudgets, Log, PoolId } from '@poolhouse/core';
import { makeLevels } from '../http/levels.ts';

/** How many attempts may fail in five minutes. */
export interface AttemptBudgetSizes {
  readonly perAddress: number;
  /** Once this many fail in one pool, each address is allowed far fewer; an address that has not failed is not kept out. */
  readonly perPool: number;
  readonly perAddressInAlarm: number;
  /** All sign-ups from one address in five minutes: about one hash a second. */
  readonly signUpsPerAddress: number;
}

/** Generous: an office behind one address has a few hundred people who mistype. */
export const PRODUCTION_BUDGETS: AttemptBudgetSizes = {
  perAddress: 300,
  perPool: 3_000,
  perAddressInAlarm: 10,
  signUpsPerAddress: 300,
};
/** On a developer's machine everything comes from one address, including tests that mistype thousands of times. */
export const DEVELOPMENT_BUDGETS: AttemptBudgetSizes = {
  perAddress: 10_000,
  perPool: 100_000,
  perAddressInAlarm: 1_000,
  signUpsPerAddress: 10_000,
};

const MOST_ADDRESSES = 20_000;
const MOST_POOLS = 10_000;
const LOG_EVERY_MS = 60_000;

/** A request that a budget refused. */
interface Refused {
  readonly pool: PoolId;
  readonly source: string;
  readonly inAlarm?: boolean;
}

/**
 * Budgets of failed attempts, and of sign-ups, in this node's memory. An attempt counts as failed from when it is taken until it is given
 * back, so that parallel ones cannot outrun the budget. Back ends send the attempts of all their users from one address, so those have no
 * source and count only for the pool. Refusals are logged once a minute (security.md S14).
 */
export function makeAttemptBudgets(
  { clock, log }: { clock: Clock; log: Log },
  { perAddress, perPool, perAddressInAlarm, signUpsPerAddress }: AttemptBudgetSizes,
): AttemptBudgets {
  const addresses = makeLevels(perAddress, MOST_ADDRESSES);
  const pools = makeLevels(perPool, MOST_POOLS);
  const signUps = makeLevels(signUpsPerAddress, MOST_ADDRESSES);
  const note = makeNote(clock, (facts) => log.warn('guessing.slowed', facts));
  const noteSignUp = makeNote(clock, (facts) => log.warn('sign-ups.slowed', facts));
  return {
    take(poolId, source) {
      const nowMs = clock.nowMs();
      const inAlarm = pools.at(poolId, nowMs).taken >= perPool;
      if (source !== undefined) {
        const most = inAlarm ? perAddressInAlarm : perAddress;
        if (addresses.at(source, nowMs).taken + 1 > most) {
          note({ pool: poolId, source, inAlarm });
          return false;
        }
        addresses.add(source, nowMs, 1);
      }
      pools.add(poolId, nowMs, 1);
      return true;
    },
    giveBack(poolId, source) {
      const nowMs = clock.nowMs();
      if (source !== undefined) addresses.add(source, nowMs, -1);
      pools.add(poolId, nowMs, -1);
    },
    takeSignUp(poolId, source) {
      if (source === undefined) return true;
      const nowMs = clock.nowMs();
      if (signUps.at(source, nowMs).taken + 1 > signUpsPerAddress) {
        noteSignUp({ pool: poolId, source });
        return false;
      }
      signUps.add(source, nowMs, 1);
      return true;
    },
  };
}

function makeNote(
  clock: Clock,
  write: (facts: Readonly<Record<string, unknown>>) => void,
): (facts: Refused) => void {
  let refusals = 0;
  let loggedAtMs: number | undefined;
  return (facts) => {
    refusals += 1;
    const nowMs = clock.nowMs();
    if (loggedAtMs !== undefined && Math.abs(nowMs - loggedAtMs) < LOG_EVERY_MS) return;
    write({ ...facts, refusals });
    loggedAtMs = nowMs;
    refusals = 0;
  };
}
