import { clientId } from '../domain/ids.ts';
import type { HeldJob, Job, JobKind } from '../ports/stores/jobs.ts';
import type { DeletionStep, Storage, Stores } from '../ports/stores/index.ts';

/** Rows of one slice: others wait for it for some ten milliseconds at most, however large the pool (bench: stalls). */
const SLICE_ROWS = 200;
/** How long a node holds a job without a sign of life. Each slice prolongs it. */
export const JOB_LEASE_MS = 10_000;
/** When the record of a deleted pool is looked at again. */
const LOOK_AGAIN_MS = 500;

/** How much a slice may do, and when it is done. */
interface Slice {
  readonly rows: number;
  readonly nowMs: number;
}

/** What a slice came to. */
type Step =
  | { readonly kind: 'more'; readonly cursor: string }
  | { readonly kind: 'later'; readonly atMs: number }
  | { readonly kind: 'done' };

/** The next slice of each kind of job, in the transaction that also notes how far it came. */
const slices: Readonly<Record<JobKind, (stores: Stores, job: Job, at: Slice) => Promise<Step>>> = {
  'delete-pool': async ({ pools }, { poolId }, { rows, nowMs }) =>
    afterDeletion(await pools.carryOutDeletion(poolId, rows, nowMs), nowMs),
  'delete-client': async ({ clients }, { subject }, { rows, nowMs }) =>
    afterDeletion(await clients.carryOutDeletion(clientId(subject), rows), nowMs),
  'drop-srp-verifiers': async ({ users }, { poolId, cursor }, { rows }) => {
    const after = await users.dropSrpVerifiers(poolId, rows, cursor);
    return after === undefined ? { kind: 'done' } : { kind: 'more', cursor: after };
  },
};

function afterDeletion(step: DeletionStep, nowMs: number): Step {
  switch (step) {
    case 'rows':
      return { kind: 'more', cursor: '' };
    case 'record':
      return { kind: 'later', atMs: nowMs + LOOK_AGAIN_MS };
    case 'gone':
      return { kind: 'done' };
  }
}

/** What became of a job after a slice: it goes on with the job as it is now, it rests, it is done, or another node has it. */
export type SliceOutcome =
  { readonly kind: 'more'; readonly job: HeldJob } | { readonly kind: 'later' | 'done' | 'lost' };

/**
 * Does the next slice of a job that this node holds, in one transaction: however a node ends, what a slice did and how far the job
 * came agree, and no two nodes do the same slice at once.
 */
export function runSlice(
  storage: Pick<Storage, 'transaction'>,
  job: HeldJob,
  nowMs: number,
  rows = SLICE_ROWS,
): Promise<SliceOutcome> {
  return storage.transaction(async (stores): Promise<SliceOutcome> => {
    const { jobs } = stores;
    if (!(await jobs.hold(job))) return { kind: 'lost' };
    const step = await slices[job.kind](stores, job, { rows, nowMs });
    if (step.kind === 'done') await jobs.finish(job);
    else if (step.kind === 'later') await jobs.release(job, step.atMs);
    else await jobs.renew(job, step.cursor, nowMs + JOB_LEASE_MS);
    return step.kind === 'more'
      ? { kind: 'more', job: { ...job, cursor: step.cursor } }
      : { kind: step.kind };
  });
}
