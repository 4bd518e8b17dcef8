import type { ImportRef, UserImport } from '../../domain/imports/user-import.ts';
import type { PoolId } from '../../domain/ids.ts';
import type { Page } from './page.ts';

/** The place of an import in the list of its pool. */
export type ImportPosition = readonly [createdAtMs: number, id: string];

/** What became of a row that was not imported. */
export interface ImportLogEntry {
  /** The line of the file in which the row begins; the header is in the first. */
  readonly line: number;
  readonly outcome: 'SKIPPED' | 'FAILED';
  /** Contains nothing of the row. */
  readonly reason: string;
}

/** One part of an uploaded file, sealed. */
export interface ImportPart extends ImportRef {
  readonly upload: string;
  /** From 0 on. */
  readonly number: number;
  readonly sealed: string;
}

/** The name of the job that imports the users. */
export const jobOfImport = ({ poolId, id }: ImportRef): string => `import-users ${poolId} ${id}`;

/** The name of the job that ends an import that nobody has started. */
export const expiryOfImport = ({ poolId, id }: ImportRef): string =>
  `expire-import ${poolId} ${id}`;

/** Imports of users, with their files and what became of the rows. They are removed with their pool. */
export interface ImportStore {
  /** Adds an import unless the pool has `most`, or its id is taken. Throws PoolGoneError if the pool is gone. */
  add(job: UserImport, most: number): Promise<'added' | 'taken' | 'too-many'>;
  get(ref: ImportRef): Promise<UserImport | undefined>;
  /** A pool's imports, newest first. */
  list(
    poolId: PoolId,
    limit: number,
    after?: ImportPosition,
  ): Promise<Page<UserImport, ImportPosition>>;
  /** In a transaction: the import as it is now, and stays until the transaction ends; other changes of it wait. */
  lockForUpdate(ref: ImportRef): Promise<UserImport | undefined>;
  /** Applies the pure function `change` under a lock; `undefined` if there is no such import. */
  change(
    ref: ImportRef,
    change: (current: UserImport) => UserImport,
  ): Promise<UserImport | undefined>;
  /** Whether an import of the pool is running. */
  isRunning(poolId: PoolId): Promise<boolean>;
  /** Adds a part of the file, if the import is waiting for this upload and for no other. */
  addPart(part: ImportPart): Promise<boolean>;
  /** A sealed part of a file. */
  part(ref: ImportRef, upload: string, number: number): Promise<string | undefined>;
  /** Removes at most `limit` parts, but none of the upload `kept`; returns how many. */
  dropParts(ref: ImportRef, limit: number, kept?: string): Promise<number>;
  /** Adds what became of rows. */
  addToLog(ref: ImportRef, entries: readonly ImportLogEntry[]): Promise<void>;
  /** What became of rows after line `after`, in their order. */
  log(ref: ImportRef, limit: number, after?: number): Promise<Page<ImportLogEntry, number>>;
}
