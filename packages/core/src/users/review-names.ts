import { isSettled } from '../domain/users/settled-names.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { PoolToReview, ReviewedUser, Storage, UserRef } from '../ports/stores/index.ts';
import { settleNames } from './settle-names.ts';

/** What a review needs. */
export interface ReviewParts {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  readonly pace: ReviewPace;
}

/** How a review shares the machine with waiting requests. */
export interface ReviewPace {
  /** How many users the next slice reads. */
  readonly rows: number;
  /** Gives requests their turn, after a slice. */
  pause(): Promise<unknown>;
}

/** How many users to write at a time: what is written together costs the database a single wait for its disk. */
const AT_ONCE = 16;
/** For how long after a pool was done a node of the previous build may still write names with its own keys. */
const ROLLING_UPGRADE_MS = 7 * 86_400_000;

/**
 * Gives the names in an older build's pools today's keys. Memory use does not grow with the pool, and an interrupted review continues where
 * it was. Call it before requests are answered: until then, such names are not found.
 */
export async function reviewUnfinishedPools(parts: ReviewParts): Promise<void> {
  const { storage, clock, log } = parts;
  if ((await storage.stores.nameReview.unfinishedPools()).length === 0) return;
  // One node does it; the others wait here, and find nothing left to do.
  await storage.exclusively(async () => {
    for (const pool of await storage.stores.nameReview.unfinishedPools()) {
      const changed = await review(parts, pool, (done) => storage.stores.nameReview.note(done));
      await storage.stores.nameReview.note({ poolId: pool.poolId, doneAtMs: clock.nowMs() });
      log.info('names.keyed', { pool: pool.poolId, changed });
    }
  });
}

/** Reviews recently finished pools once more: a node of the previous build may have written there since. */
export async function reviewRecentPools(parts: ReviewParts): Promise<void> {
  const { storage, clock, log } = parts;
  const since = clock.nowMs() - ROLLING_UPGRADE_MS;
  for (const { poolId } of await storage.stores.nameReview.poolsDoneSince(since)) {
    const changed = await review(parts, { poolId }, async () => undefined);
    if (changed > 0) log.info('names.keyed-again', { pool: poolId, changed });
  }
}

/**
 * Tries again to give users the names that they yield, since the holders may be gone, and returns who still yields one: the first 20, and
 * whether there are more.
 */
export async function reviewYieldedNames(
  parts: ReviewParts,
): Promise<{ readonly users: readonly UserRef[]; readonly hasMore: boolean }> {
  const { storage, pace } = parts;
  let after: UserRef | undefined;
  do {
    const { rows } = pace;
    const refs: readonly UserRef[] = await storage.stores.nameReview.yielding(rows, after);
    for (const ref of refs) await settle(parts, ref);
    after = refs.length === rows ? refs.at(-1) : undefined;
    await pace.pause();
  } while (after !== undefined);
  const left = await storage.stores.nameReview.yielding(21);
  return { users: left.slice(0, 20), hasMore: left.length > 20 };
}

/** Walks through a pool; returns how many users were changed. */
async function review(
  parts: ReviewParts,
  from: PoolToReview,
  note: (done: PoolToReview) => Promise<void>,
): Promise<number> {
  const { storage, pace } = parts;
  const { nameReview, pools } = storage.stores;
  const pool = await pools.get(from.poolId);
  let changed = 0;
  for (let at: PoolToReview | undefined = from; pool !== undefined && at !== undefined;) {
    const { rows } = pace;
    const slice = await nameReview.slice(at, rows);
    const stale = slice.filter(({ user, isSearchable }) => !isSearchable || !isSettled(pool, user));
    for (let begin = 0; begin < stale.length; begin += AT_ONCE) {
      await Promise.all(stale.slice(begin, begin + AT_ONCE).map((one) => renew(parts, one)));
    }
    changed += stale.length;
    const last = slice.length === rows ? slice.at(-1) : undefined;
    at = last && { poolId: pool.id, after: last.user.sub };
    if (at !== undefined) await note(at);
    await pace.pause();
  }
  return changed;
}

async function renew(parts: ReviewParts, { user, isSearchable }: ReviewedUser): Promise<void> {
  if (!isSearchable) await parts.storage.stores.nameReview.makeSearchable(user);
  await settle(parts, user);
}

async function settle({ storage, log }: ReviewParts, ref: UserRef): Promise<void> {
  const pool = await storage.stores.pools.get(ref.poolId);
  if (pool === undefined) return;
  // A name may be taken between this check and the claim: then it belongs to somebody else.
  for (let tries = 1; tries <= 3; tries += 1) {
    if (await storage.transaction((stores) => settleNames(stores, pool, ref))) return;
  }
  log.error('names.unsettled', { pool: ref.poolId, sub: ref.sub });
}
