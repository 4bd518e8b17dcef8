import type { PoolId } from '../../domain/ids.ts';

/** Kinds of long work that this build knows. */
export const JOB_KINDS = [
  'delete-pool',
  'delete-client',
  'delete-group',
  'delete-user',
  'drop-srp-verifiers',
  'import-users',
  'expire-import',
  'retire-signing-keys',
  'reseal-pool',
  'reseal-server',
] as const;

/** A kind of long work. */
export type JobKind = (typeof JOB_KINDS)[number];

/** Long work that is done in slices, each in a transaction of its own. */
export interface Job {
  /** Names the work: at any time there is one job per name. */
  readonly id: string;
  readonly kind: JobKind;
  /** Absent if it concerns no pool. */
  readonly poolId?: PoolId;
  /** What in the pool it concerns, such as an app client's id; empty for the pool itself. */
  readonly subject: string;
  /** How far it has come, in a form that its kind defines; empty at the beginning. */
  readonly cursor: string;
  /** When it may be worked on; while a node holds it, the end of the lease. UTC milliseconds. */
  readonly dueAtMs: number;
  readonly createdAtMs: number;
}

/** A job that this node works on until its lease ends. */
export interface HeldJob extends Job {
  /** Names the lease: a node that has lost it can change nothing any more. */
  readonly lease: string;
}

/** Jobs, each held by one node at a time. They survive every node. Kinds that only a later build knows are left to that build's nodes. */
export interface JobStore {
  /** Adds a job. An existing one of that name starts over, and whoever holds it loses it. */
  add(job: Job): Promise<void>;
  get(id: string): Promise<Job | undefined>;
  /** When the next job is due; `undefined` if there is none. */
  nextDueAtMs(): Promise<number | undefined>;
  /** Takes a due job (this one, if an `id` is given) for `leaseMs`. Of eight parallel takers, one gets it. */
  claim(options: {
    readonly nowMs: number;
    readonly leaseMs: number;
    readonly lease: string;
    readonly id?: string;
  }): Promise<HeldJob | undefined>;
  /** In a transaction: whether the lease is still ours; if so, it stays ours until the transaction ends. */
  lockForUpdate(job: HeldJob): Promise<boolean>;
  /** Records how far the work has come, and extends the lease to `untilMs`; `false` if the lease is lost. */
  renew(job: HeldJob, cursor: string, untilMs: number): Promise<boolean>;
  /** Gives the job back, to be taken from `dueAtMs` on; `error` is the reason if it failed. */
  release(job: HeldJob, dueAtMs: number, error?: string): Promise<void>;
  /** Removes the job, because it is done. */
  finish(job: HeldJob): Promise<void>;
}
