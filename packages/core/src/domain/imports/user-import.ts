import type { UserImportJobType } from '@poolhouse/model';
import type { PoolId } from '../ids.ts';

/**
 * The state of an import. Ours is never `Stopping`: whoever stops it waits some milliseconds for its last slice, and finds it stopped.
 * Source: API model, UserImportJobStatusType.
 */
export type ImportState = NonNullable<UserImportJobType['Status']>;

/** Identifies an import. */
export interface ImportRef {
  readonly poolId: PoolId;
  readonly id: string;
}

/** What has become of the rows of an import so far. */
export interface ImportCounts {
  readonly imported: number;
  readonly skipped: number;
  readonly failed: number;
}

/** An import of users from a file. Source: API model, UserImportJobType. */
export interface UserImport extends ImportRef, ImportCounts {
  readonly name: string;
  /** Kept for clients; nothing here assumes a role. */
  readonly roleArn: string;
  /** How the passwords in the file are hashed; absent if it has none. */
  readonly hashing?: NonNullable<UserImportJobType['PasswordHashingAlgorithm']>;
  readonly state: ImportState;
  readonly createdAtMs: number;
  readonly startedAtMs?: number;
  readonly completedAtMs?: number;
  /** Why it ended. */
  readonly message?: string;
  /** The upload that is under way, or was broken off. */
  readonly receiving?: string;
  /** The upload that is complete: the file. */
  readonly upload?: string;
  /** The length of the file. */
  readonly fileBytes?: number;
}

/** Whether users are being imported, or are about to be. */
export function isRunning({ state }: Pick<UserImport, 'state'>): boolean {
  return state === 'Pending' || state === 'InProgress';
}

/** How long the address for the upload is valid: fifteen minutes but one second. Source: settings.md 5.6. */
export const UPLOAD_LIFETIME_MS = 899_000;

/** How long an import waits to be started. Source: settings.md 5.6, some 24.5 hours as recorded. */
export const START_WITHIN_MS = 24.5 * 3_600_000;

/** The largest file. Source: behaviour.md 12, 100 MB. */
export const LARGEST_FILE_BYTES = 100 * 1024 * 1024;

/** The most users in one file. Source: behaviour.md 12. */
export const MOST_USERS = 500_000;

/** The most imports of a pool. Source: features.md, quotas. */
export const MOST_IMPORTS = 1_000;

/** How much of a file one row of the database holds. */
export const PART_BYTES = 65_536;

/** The import at the end of its file. That most rows must have been imported is [unsure]: one of one, and 32 of 46, were too many. */
export function completed(job: UserImport, nowMs: number): UserImport {
  const { imported, skipped, failed } = job;
  return skipped + failed > imported
    ? ended(job, 'Failed', importMessages.tooMany, nowMs)
    : ended(job, 'Succeeded', importMessages.succeeded, nowMs);
}

/** The import, ended for this reason. */
export function ended(
  job: UserImport,
  state: 'Succeeded' | 'Failed' | 'Stopped' | 'Expired',
  message: string,
  nowMs: number,
): UserImport {
  return { ...job, state, message, completedAtMs: nowMs };
}

/** Why imports end, and why they are refused. */
export const importMessages = {
  // settings.md 5.6
  succeeded: 'Import Job Completed Successfully.',
  tooMany: 'Too many users have failed or been skipped during the import.',
  stopped: 'The Import Job was stopped by the developer.',
  expired: 'The user import job has expired.',
  /** aws-amplify/amplify-js issue 6416, measured. */
  noFile: (id: string) => `No csv file was uploaded for ${id}`,
  // [unsure] from here on
  notFound: (id: string) => `User import job ${id} does not exist.`,
  notStartable: (id: string, state: ImportState) =>
    `User import job ${id} cannot be started. Current status is ${state}`,
  notStoppable: (id: string, state: ImportState) =>
    `User import job ${id} cannot be stopped. Current status is ${state}`,
  oneAtATime: 'Another user import job is in progress for this user pool.',
  inProgress: (pool: string) => `A user import job is in progress for user pool ${pool}.`,
  noAutoVerified: 'The user pool has no auto-verified attributes.',
  tooManyJobs: `User pools have at most ${MOST_IMPORTS} user import jobs.`,
  wrongHeader: 'The header in the CSV file does not match the header of the user pool.',
  unreadable: (line: number) => `The CSV file could not be parsed at line number ${line}.`,
  tooManyUsers: `The CSV file has more than ${MOST_USERS} users.`,
  damaged: 'The CSV file could not be read.',
} as const;
