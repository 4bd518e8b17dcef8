import type { PoolId, Sub } from '../../domain/ids.ts';
import type { Page } from './page.ts';

/** The kinds of records that an administrator changes. */
export type AuditedRecord =
  | 'user-pool'
  | 'app-client'
  | 'configuration'
  | 'user'
  | 'resource-server'
  | 'identity-provider'
  | 'group'
  | 'membership'
  | 'user-import'
  | 'sign-ins'
  | 'device'
  | 'passkey'
  | 'linked-identity'
  | 'auth-event'
  | 'access-key'
  | 'signing-key'
  | 'data-key'
  /** The audit itself, when it was converted to another form. */
  | 'audit';

/** One record before and after a change, without secrets; an absent member did not exist. */
export interface AuditedChange {
  readonly record: AuditedRecord;
  /** Name of the record for people: the name of the pool, client or group, or the user name. */
  readonly name: string;
  /** The members that differ, before the change. */
  readonly before?: Readonly<Record<string, unknown>>;
  /** The members that differ, after the change. */
  readonly after?: Readonly<Record<string, unknown>>;
}

/** A change of a person's record as it is stored: what it says about the person can be read only while the person exists. */
export interface SealedChange {
  readonly record:
    'user' | 'membership' | 'sign-ins' | 'passkey' | 'device' | 'linked-identity' | 'auth-event';
  readonly sub: Sub;
  /** The {@link AuditedChange}, sealed. */
  readonly sealed: string;
}

/** What one request of an administrator changed. */
export interface AuditFacts {
  readonly atMs: number;
  /** The access key's id, the administrator's user name, or, for what the server did by itself, `declaration` or `command line`. */
  readonly actor: string;
  readonly actorKind: 'access-key' | 'administrator' | 'server';
  /** The network address that the request came from, if it came over a network. */
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
  /** A keyed MAC of everything above, including the previous hash. */
  readonly hash: string;
}

/** The newest entry that retention has removed. `mac` proves that we removed it. Number 0 and empty texts mean that none has been. */
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

/** The audit trail: entries are appended in the transaction that they describe, and removed only from the oldest on. */
export interface AuditStore {
  /**
   * Appends the entry that `link` makes from the last one (`undefined` before the first). Two transactions that append do so one after the
   * other, so append last in a transaction.
   */
  append(link: (last: ChainPlace | undefined) => AuditEntry): Promise<void>;
  /** Newest first. `before` is the number of the previous page's last item. */
  list(filter: AuditFilter, limit: number, before?: number): Promise<Page<AuditEntry, number>>;
  /** The last entry's place, as stored beside the entries; number 0 before the first. */
  head(): Promise<ChainPlace>;
  floor(): Promise<ChainFloor>;
  /**
   * Removes at most `limit` of the oldest entries that are older than `beforeMs`, and moves the floor after them; returns how many. `macOf`
   * gets the entries, oldest first, and the previous floor; if it throws, nothing is removed.
   */
  prune(
    beforeMs: number,
    limit: number,
    macOf: (place: ChainPlace, removed: readonly AuditEntry[], floor: ChainFloor) => string,
  ): Promise<number>;
  /** Replaces every entry, oldest first, by another form of it, in one transaction that makes all appends wait. */
  rewrite(
    change: (entry: AuditEntry, previous: ChainPlace | undefined) => Promise<AuditEntry>,
  ): Promise<void>;
}
