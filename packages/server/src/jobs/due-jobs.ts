import {
  JOB_LEASE_MS,
  randomToken,
  runSlice,
  systemRandom,
  type HeldJob,
  type Storage,
  type World,
} from '@poolhouse/core';
import { makeSlicePace, type SlicePace } from './slice-pace.ts';
import type { Work } from './work.ts';

/** What working on jobs needs. */
export interface JobParts {
  readonly storage: Storage;
  readonly world: Pick<World, 'clock' | 'log' | 'vault' | 'random'>;
}

/** How often to look for jobs, including those that other nodes added or left behind. */
const LOOK_EVERY_MS = 1_000;
/** When to retry a job that failed. */
const RETRY_AFTER_MS = 30_000;

/** Rows per slice: more at once would not make it faster. */
const ROWS_BESIDE_OTHERS = { first: 100, fewest: 25, most: 100 };
/** A row of an import costs some 60 microseconds, and somebody waits for the end: the wait for the disk must be shared by many. */
const ROWS_OF_IMPORT = { first: 200, fewest: 200, most: 500 };

function rowsOf({ kind }: HeldJob): typeof ROWS_BESIDE_OTHERS {
  return kind === 'import-users' ? ROWS_OF_IMPORT : ROWS_BESIDE_OTHERS;
}

/** Claims a due job, or this one; `undefined` if there is none, or another node has it. */
export function claimJob({ storage, world }: JobParts, id?: string): Promise<HeldJob | undefined> {
  const lease = randomToken(systemRandom);
  return storage.stores.jobs.claim({
    nowMs: world.clock.nowMs(),
    leaseMs: JOB_LEASE_MS,
    lease,
    id,
  });
}

/** Works on a job slice by slice, until it is done or rests, another node has it, or `stopping` is aborted. */
export async function workOn(
  { storage, world }: JobParts,
  held: HeldJob,
  stopping: AbortSignal,
  pace: SlicePace = makeSlicePace(stopping, rowsOf(held)),
): Promise<void> {
  const { clock, log } = world;
  const { kind, poolId } = held;
  const facts = { kind, pool: poolId, ...(held.subject !== '' && { subject: held.subject }) };
  let job = held;
  try {
    for (let slices = 1; !stopping.aborted; slices += 1) {
      const outcome = await runSlice({ storage, world }, job, clock.nowMs(), pace.rows);
      if (outcome.kind === 'done') log.info('job.done', { ...facts, slices });
      if (outcome.kind !== 'more') return;
      job = outcome.job;
      // It fails only if `stopping` is aborted.
      await pace.pause().catch(() => undefined);
    }
    // So that another node continues at once.
    await storage.stores.jobs.release(job, clock.nowMs());
  } catch (error) {
    log.error('job.failed', { ...facts, err: error });
    const reason = error instanceof Error ? error.message : String(error);
    await storage.stores.jobs.release(job, clock.nowMs() + RETRY_AFTER_MS, reason);
  }
}

/** Does the jobs that are due, one at a time. */
export function dueJobs(parts: JobParts): Work {
  const { clock, log } = parts.world;
  const { jobs } = parts.storage.stores;
  return {
    // Each job has its own lease, so several nodes can work on several jobs.
    scope: 'node',
    everyMs: LOOK_EVERY_MS,
    async run({ stopping }) {
      while (!stopping.aborted) {
        // Claiming takes the write lock even if nothing is due; asking does not.
        const dueAtMs = await jobs.nextDueAtMs();
        if (dueAtMs === undefined || dueAtMs > clock.nowMs()) return;
        const job = await claimJob(parts);
        if (job === undefined) return;
        await workOn(parts, job, stopping);
      }
    },
    failed: (error) => log.error('jobs.unread', { err: error }),
  };
}
