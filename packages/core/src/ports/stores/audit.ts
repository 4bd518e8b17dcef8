import type { PoolId, Sub } from '../../domain/ids.ts';
import type { Page } from './page.ts';

/** The kinds of records that an administrator changes. */
export type AuditedRecord =
  | 'user-pool'
  | 'app-client'
  | 'configuration'
  | 'user'
  | 'group'
  | 'membership'
  | 'sign-ins'
  | 'access-key'
  | 'signing-key'
  | 'data-key'
  /** The audit itself, where it was put in another form. */
  | 'audit';

/** One record before and after a change, without secrets; a member that is absent did not exist. */
export interface AuditedChange {
  readonly record: AuditedRecord;
  /** Name of the record for people: the pool's, client's or group's name, the user name. */
  readonly name: string;
  /** Members that differ, as they were. */
  readonly before?: Readonly<Record<string, unknown>>;
  /** Members that differ, as they are now. */
  readonly after?: Readonly<Record<string, unknown>>;
}

/** A change of a person's record as it is stored: what it says of the person can be read only while the person exists. */
export interface SealedChange {
  readonly record: 'user' | 'membership' | 'sign-ins';
  readonly sub: Sub;
  /** The {@link AuditedChange}, sealed. */
  readonly sealed: string;
}

/** What one request of an administrator changed. */
export interface AuditFacts {
  readonly atMs: number;
  /** The access key's id, the administrator's user name, or what the server did by itself: `declaration`, `command line`. */
  readonly actor: string;
  readonly actorKind: 'access-key' | 'administrator' | 'server';
  /** Network address that the request came from, where it came over a network. */
  readonly source?: string;
  readonly operation: string;
  readonly poolId?: PoolId;
  readonly changes: readonly (AuditedChange | SealedChange)[];
}

/** A place in the chain: an entry's number and hash. */
export interface ChainPlace {
  readonly number: number;
  readonly hash: string;
}

/** A link of the audit chain. */
export interface AuditEntry extends AuditFacts, ChainPlace {
  /** 1 for the first; without gaps. */
  readonly number: number;
  readonly previousHash: string;
  /** Keyed MAC of everything above, the previous hash included. */
  readonly hash: string;
}

/** The newest entry that retention has removed. `mac` proves that it was we who did; number 0 and empty texts: none yet. */
export interface ChainFloor extends ChainPlace {
  readonly mac: string;
}

/** Which entries. All conditions hold; times are inclusive. */
export interface AuditFilter {
  readonly poolId?: string;
  readonly actor?: string;
  readonly operation?: string;
  readonly sinceMs?: number;
  readonly untilMs?: number;
}

/** The audit trail: appended to in the transaction of what it tells about, and removed from its old end only. */
export interface AuditStore {
  /**
   * Appends the entry that `link` makes of the last one (`undefined` before the first). Two transactions that append
   * do so one after the other, so it comes last in a transaction.
   */
  append(link: (last: ChainPlace | undefined) => AuditEntry): Promise<void>;
  /** Newest first. `before` is the number of the last item of the former page. */
  list(filter: AuditFilter, limit: number, before?: number): Promise<Page<AuditEntry, number>>;
  /** The last entry's place, as it is kept beside the entries; number 0 before the first. */
  head(): Promise<ChainPlace>;
  floor(): Promise<ChainFloor>;
  /**
   * Removes at most `limit` of the oldest entries, as far as they are older than `beforeMs`, and moves the floor behind
   * them; answers how many. `macOf` sees what goes, oldest first, and the floor it stood on; nothing goes where it throws.
   */
  prune(
    beforeMs: number,
    limit: number,
    macOf: (place: ChainPlace, removed: readonly AuditEntry[], floor: ChainFloor) => string,
  ): Promise<number>;
  /** Puts every entry, oldest first, in its place in another form; in one transaction that keeps all appends waiting. */
  rewrite(
    change: (entry: AuditEntry, previous: ChainPlace | undefined) => Promise<AuditEntry>,
  ): Promise<void>;
}
