import type { PoolId } from '../../domain/ids.ts';

/** Kinds of long work that this build knows. */
export const JOB_KINDS = [
  'delete-pool',
  'delete-client',
  'delete-group',
  'delete-user',
  'drop-srp-verifiers',
  'retire-signing-keys',
  'reseal-pool',
  'reseal-server',
] as const;

/** A kind of long work. */
export type JobKind = (typeof JOB_KINDS)[number];

/** Long work that is done in slices, each in a transaction of its own. */
export interface Job {
  /** Names the work: there is one job of a name at a time. */
  readonly id: string;
  readonly kind: JobKind;
  /** Absent where it is about no pool. */
  readonly poolId?: PoolId;
  /** What in the pool it is about, such as an app client's id; empty for the pool itself. */
  readonly subject: string;
  /** How far it came, in the words of its kind; empty at the beginning. */
  readonly cursor: string;
  /** Not worked on before this moment; while a node holds it, the end of its lease. UTC milliseconds. */
  readonly dueAtMs: number;
  readonly createdAtMs: number;
}

/** A job that this node works on until its lease ends. */
export interface HeldJob extends Job {
  /** Names the lease: who lost it changes nothing any more. */
  readonly lease: string;
}

/** Jobs, each held by one node at a time. They outlive every node. Those of kinds that only a later build knows are left to its nodes. */
export interface JobStore {
  /** Adds a job; one of that name that is there already begins anew, and whoever holds it loses it. */
  add(job: Job): Promise<void>;
  get(id: string): Promise<Job | undefined>;
  /** When the next job is due; `undefined` when there is none. */
  nextDueAtMs(): Promise<number | undefined>;
  /** Takes a due job (this one, where an `id` is given) for `leaseMs`. Of eight takers at a time one gets it. */
  claim(options: {
    readonly nowMs: number;
    readonly leaseMs: number;
    readonly lease: string;
    readonly id?: string;
  }): Promise<HeldJob | undefined>;
  /** In a transaction: whether the lease is still ours, and that it stays so until the transaction ends. */
  lockForUpdate(job: HeldJob): Promise<boolean>;
  /** Notes how far the work came, and that it goes on until `untilMs`; `false` when the lease is lost. */
  renew(job: HeldJob, cursor: string, untilMs: number): Promise<boolean>;
  /** Gives the job back, to be taken from `dueAtMs` on; `error` is why, where it failed. */
  release(job: HeldJob, dueAtMs: number, error?: string): Promise<void>;
  /** Removes the job, which is done. */
  finish(job: HeldJob): Promise<void>;
}
