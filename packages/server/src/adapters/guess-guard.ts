import type { Clock, Guard, Log, PoolId } from '@poolhouse/core';

/** Lets every guess through: in development, where nobody else can reach the server. */
export const openGuard: Guard = { take: () => true, giveBack: () => undefined };

const WINDOW_MS = 5 * 60_000;
/** Generous: an office behind one address has few hundred people who mistype. */
const PER_ADDRESS = 300;
/** When as many fail in one pool, addresses are held to far fewer each; one that has not failed is not kept out. */
const PER_POOL = 3_000;
const PER_ADDRESS_IN_ALARM = 10;
const MOST_ADDRESSES = 20_000;
const MOST_POOLS = 10_000;
const LOG_EVERY_MS = 60_000;

/** What has failed lately; it drains evenly, the whole of a budget in {@link WINDOW_MS}. */
interface Level {
  failed: number;
  atMs: number;
}

/**
 * Budgets of failed guesses, in this node's memory. A guess counts as failed from when it is taken until it is given back, so that
 * parallel ones cannot outrun the budget. Guesses whose source nobody can tell count for the pool alone: to refuse them would
 * refuse everybody behind the same proxy. Refusals are logged once a minute (security.md S14).
 */
export function makeGuessGuard({ clock, log }: { clock: Clock; log: Log }): Guard {
  const addresses = makeLevels(PER_ADDRESS, MOST_ADDRESSES);
  const pools = makeLevels(PER_POOL, MOST_POOLS);
  const note = makeNote(clock, log);
  return {
    take(poolId, source) {
      const nowMs = clock.nowMs();
      const inAlarm = pools.at(poolId, nowMs) >= PER_POOL;
      if (source !== undefined) {
        const most = inAlarm ? PER_ADDRESS_IN_ALARM : PER_ADDRESS;
        if (addresses.at(source, nowMs) + 1 > most) {
          note(poolId, source, inAlarm);
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
  };
}

function makeLevels(budget: number, capacity: number) {
  const levels = new Map<string, Level>();
  const at = (name: string, nowMs: number): number => {
    const level = levels.get(name);
    if (level === undefined) return 0;
    const drained = (Math.max(0, nowMs - level.atMs) / WINDOW_MS) * budget;
    return Math.max(0, level.failed - drained);
  };
  return {
    at,
    add(name: string, nowMs: number, count: 1 | -1): void {
      // No higher than the budget: what ends an attack ends the alarm soon.
      const failed = Math.min(budget, Math.max(0, at(name, nowMs) + count));
      levels.delete(name);
      if (failed === 0) return;
      if (levels.size >= capacity) {
        const oldest = levels.keys().next();
        if (!oldest.done) levels.delete(oldest.value);
      }
      levels.set(name, { failed, atMs: nowMs });
    },
  };
}

function makeNote(
  clock: Clock,
  log: Log,
): (poolId: PoolId, source: string, inAlarm: boolean) => void {
  let refusals = 0;
  let loggedAtMs: number | undefined;
  return (pool, source, inAlarm) => {
    refusals += 1;
    const nowMs = clock.nowMs();
    if (loggedAtMs !== undefined && Math.abs(nowMs - loggedAtMs) < LOG_EVERY_MS) return;
    log.warn('guessing.slowed', { pool, source, inAlarm, refusals });
    loggedAtMs = nowMs;
    refusals = 0;
  };
}
