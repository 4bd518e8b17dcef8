import type { PoolSecrets } from '../crypto/index.ts';
import { SERVER_SECRETS } from '../vault/vault.ts';
import { clientId, sub, type PoolId } from '../domain/ids.ts';
import type { HeldJob, Job, JobKind } from '../ports/stores/jobs.ts';
import {
  PoolGoneError,
  type DeletionStep,
  type Storage,
  type Stores,
} from '../ports/stores/index.ts';
import { carryOutImport, expireImport } from '../imports/carry-out-import.ts';
import { resealing, resealPool, resealServer } from '../rotation/reseal.ts';
import { retireSigningKeys } from '../rotation/rotate-signing-keys.ts';
import type { World } from '../world.ts';

/** Rows per slice by default. */
const SLICE_ROWS = 100;
/** How long a node holds a job without a sign of life. Each slice extends it. */
export const JOB_LEASE_MS = 10_000;
/** When to look again at what must wait: the record of a deleted pool, a data key that does not seal yet. */
const LOOK_AGAIN_MS = 500;

/** How much a slice may do, and when it is done. */
interface Slice {
  readonly rows: number;
  readonly nowMs: number;
}

/** The result of a slice. */
type Step =
  | { readonly kind: 'more'; readonly cursor: string }
  | { readonly kind: 'later'; readonly atMs: number }
  | { readonly kind: 'done' };

/** What slices need. */
type Parts = Stores & Pick<World, 'vault' | 'random'>;

/** The next slice of each kind of job, in the transaction that also records its progress. */
const slices: Readonly<Record<JobKind, (parts: Parts, job: Job, at: Slice) => Promise<Step>>> = {
  'delete-pool': async ({ pools }, job, { rows, nowMs }) =>
    afterDeletion(await pools.carryOutDeletion(poolOf(job), rows, nowMs), nowMs),
  'delete-client': async ({ clients }, { subject }, { rows, nowMs }) =>
    afterDeletion(await clients.carryOutDeletion(clientId(subject), rows), nowMs),
  'delete-group': async ({ groups }, job, { rows }) =>
    after(await groups.carryOutDeletion(poolOf(job), job.subject, rows, job.cursor)),
  'delete-user': async ({ users }, job, { rows, nowMs }) => {
    const ref = { poolId: poolOf(job), sub: sub(job.subject) };
    return afterDeletion(await users.carryOutDeletion(ref, rows), nowMs);
  },
  'drop-srp-verifiers': async ({ users }, job, { rows }) =>
    after(await users.dropSrpVerifiers(poolOf(job), rows, job.cursor)),
  'import-users': async (parts, job, at) => {
    const ref = { poolId: poolOf(job), id: job.subject };
    return after(await carryOutImport(parts, ref, { ...at, cursor: job.cursor }));
  },
  'expire-import': async (parts, job, at) => {
    const ref = { poolId: poolOf(job), id: job.subject };
    return after(await expireImport(parts, ref, { ...at, cursor: job.cursor }));
  },
  'retire-signing-keys': async (stores, job, { nowMs }) => {
    const atMs = await retireSigningKeys(stores, poolOf(job), nowMs);
    return atMs === undefined ? { kind: 'done' } : { kind: 'later', atMs };
  },
  'reseal-pool': (parts, job, at) =>
    withNewestKey(parts, job, at, async (secrets) => {
      const where = { poolId: poolOf(job), cursor: job.cursor, rows: at.rows };
      return after(await resealPool(parts, resealing(secrets, parts.random), where));
    }),
  'reseal-server': (parts, job, at) =>
    withNewestKey(parts, job, at, async (secrets) => {
      await resealServer(parts, resealing(secrets, parts.random));
      return { kind: 'done' };
    }),
};

function poolOf({ kind, poolId }: Job): PoolId {
  if (poolId === undefined) throw new Error(`a job ${kind} without a pool`);
  return poolId;
}

function after(cursor: string | undefined): Step {
  return cursor === undefined ? { kind: 'done' } : { kind: 'more', cursor };
}

/** Uses the version of the data key that the job names; waits if that does not seal yet by this node's clock. */
async function withNewestKey(
  { vault }: Parts,
  { poolId, subject }: Job,
  { nowMs }: Slice,
  work: (secrets: PoolSecrets) => Promise<Step>,
): Promise<Step> {
  let secrets: PoolSecrets;
  try {
    secrets = await vault.of(poolId ?? SERVER_SECRETS);
  } catch (error) {
    if (error instanceof PoolGoneError) return { kind: 'done' };
    throw error;
  }
  return secrets.version < Number(subject)
    ? { kind: 'later', atMs: nowMs + LOOK_AGAIN_MS }
    : work(secrets);
}

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

/** The state of a job after a slice: it continues as it is now, it rests, it is done, or another node has it. */
export type SliceOutcome =
  { readonly kind: 'more'; readonly job: HeldJob } | { readonly kind: 'later' | 'done' | 'lost' };

/**
 * Does the next slice of a job that this node holds, in one transaction: however a node ends, the work and the recorded progress agree, and
 * no two nodes do the same slice at once.
 */
export function runSlice(
  {
    storage,
    world,
  }: {
    readonly storage: Pick<Storage, 'transaction'>;
    readonly world: Pick<World, 'vault' | 'random'>;
  },
  job: HeldJob,
  nowMs: number,
  rows = SLICE_ROWS,
): Promise<SliceOutcome> {
  return storage.transaction(async (stores): Promise<SliceOutcome> => {
    const { jobs } = stores;
    if (!(await jobs.lockForUpdate(job))) return { kind: 'lost' };
    const { vault, random } = world;
    const parts = { ...stores, vault: vault.within(stores), random };
    const step = await slices[job.kind](parts, job, { rows, nowMs });
    if (step.kind === 'done') await jobs.finish(job);
    else if (step.kind === 'later') await jobs.release(job, step.atMs);
    else await jobs.renew(job, step.cursor, nowMs + JOB_LEASE_MS);
    return step.kind === 'more'
      ? { kind: 'more', job: { ...job, cursor: step.cursor } }
      : { kind: step.kind };
  });
}
