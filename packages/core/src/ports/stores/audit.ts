import type { PoolId } from '../../domain/ids.ts';
import type { Page } from './page.ts';

/** One record before and after a change, without secrets; a member that is absent did not exist. */
export interface AuditedChange {
  readonly record: 'user-pool' | 'app-client' | 'user' | 'group' | 'membership' | 'sign-ins';
  /** Name of the record for people: the pool's, client's or group's name, the user name. */
  readonly name: string;
  /** Members that differ, as they were. */
  readonly before?: Readonly<Record<string, unknown>>;
  /** Members that differ, as they are now. */
  readonly after?: Readonly<Record<string, unknown>>;
}

/** What one request of an administrator changed. */
export interface AuditFacts {
  readonly atMs: number;
  /** The access key's id, or the administrator's user name. */
  readonly actor: string;
  readonly actorKind: 'access-key' | 'administrator';
  /** Network address that the request came from, where it came over a network. */
  readonly source?: string;
  readonly operation: string;
  readonly poolId?: PoolId;
  readonly changes: readonly AuditedChange[];
}

/** A link of the audit chain. */
export interface AuditEntry extends AuditFacts {
  /** 1 for the first; without gaps. */
  readonly number: number;
  readonly previousHash: string;
  /** Of everything above, the previous hash included. */
  readonly hash: string;
}

/** Which entries. All conditions hold; times are inclusive. */
export interface AuditFilter {
  readonly poolId?: string;
  readonly actor?: string;
  readonly operation?: string;
  readonly sinceMs?: number;
  readonly untilMs?: number;
}

/** The audit trail: appended to in the transaction of what it tells about, never changed. */
export interface AuditStore {
  /**
   * Appends the entry that `link` makes of the last one (`undefined` before the first). Two transactions that append
   * do so one after the other, so it comes last in a transaction.
   */
  append(
    link: (last: { readonly number: number; readonly hash: string } | undefined) => AuditEntry,
  ): Promise<void>;
  /** Newest first. `before` is the number of the last item of the former page. */
  list(filter: AuditFilter, limit: number, before?: number): Promise<Page<AuditEntry, number>>;
}
