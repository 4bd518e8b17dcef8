import type { AddressStore } from './addresses.ts';
import type { AuditStore } from './audit.ts';
import type { AuthEventStore } from './auth-events.ts';
import type { ClientStore } from './clients.ts';
import type { CodeStore } from './codes.ts';
import type { ConfigurationStore } from './configurations.ts';
import type { DeviceStore } from './devices.ts';
import type { MetricStore } from './metrics.ts';
import type { GroupStore } from './groups.ts';
import type { AccessKeyStore, DataKeyStore, SigningKeyStore } from './keys.ts';
import type { ImportStore } from './imports.ts';
import type { IdentityProviderStore } from './identity-providers.ts';
import type { JobStore } from './jobs.ts';
import type { LeaseStore } from './leases.ts';
import type { LinkedIdentityStore } from './linked-identities.ts';
import type { LimitStore } from './limits.ts';
import type { NameReviewStore } from './name-review.ts';
import type { OutboxStore } from './outbox.ts';
import type { PasskeyStore } from './passkeys.ts';
import type { PoolStore } from './pools.ts';
import type { ReplayCacheStore } from './replay-cache.ts';
import type { ResourceServerStore } from './resource-servers.ts';
import type { SamlKeyStore } from './saml-keys.ts';
import type { SessionStore } from './sessions.ts';
import type { UserStore } from './users.ts';

/** Everything that core stores, one store per aggregate, each atomic by contract. */
export interface Stores {
  readonly pools: PoolStore;
  readonly clients: ClientStore;
  readonly configurations: ConfigurationStore;
  readonly resourceServers: ResourceServerStore;
  readonly identityProviders: IdentityProviderStore;
  readonly samlKeys: SamlKeyStore;
  readonly linkedIdentities: LinkedIdentityStore;
  readonly users: UserStore;
  readonly nameReview: NameReviewStore;
  readonly passkeys: PasskeyStore;
  readonly devices: DeviceStore;
  readonly imports: ImportStore;
  readonly authEvents: AuthEventStore;
  readonly codes: CodeStore;
  readonly sessions: SessionStore;
  readonly replayCache: ReplayCacheStore;
  readonly limits: LimitStore;
  readonly groups: GroupStore;
  readonly dataKeys: DataKeyStore;
  readonly signingKeys: SigningKeyStore;
  readonly accessKeys: AccessKeyStore;
  readonly outbox: OutboxStore;
  readonly jobs: JobStore;
  readonly leases: LeaseStore;
  readonly audit: AuditStore;
  readonly metrics: MetricStore;
  readonly addresses: AddressStore;
}

/** The name of a store. */
export type StoreName = keyof Stores;

/** Whether a database answers and accepts writes; `isDamaged` if waiting does not help. The reason is for the log. */
export type Health =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: string; readonly isDamaged?: true };

/** A database that contains the stores. */
export interface Storage {
  readonly stores: Stores;
  /**
   * Runs `work` with the same stores in one transaction: all of its writes happen, or none if it throws. `work` awaits only stores, never
   * the network or a hash, and may be run again if the database asks for it.
   */
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /**
   * Runs `work` while no other node on this database runs such work, for what must be done once when many nodes start; the others wait. Not
   * a transaction: what `work` has written stays if it throws.
   */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** From now on, `listener` is called whenever a message that this process added to the outbox is committed. */
  onMessage(listener: () => void): void;
  /** Whether the database answers and takes writes. */
  health(): Promise<Health>;
  /**
   * Inspects the whole database for damage without delaying anybody; damage ends {@link health} for good. Does nothing if the database
   * checks its pages itself. `false` if it was postponed, because so much is being written that a long inspection would delay others.
   */
  inspect(): Promise<boolean>;
  close(): Promise<void>;
}

/** The database did not answer or refused a write; the request may be retried. Carries no driver text to callers. */
export class StorageUnavailableError extends Error {
  override readonly name = 'StorageUnavailableError';
}

/** The user pool of a write has been deleted meanwhile; to callers it is as if it had never existed. */
export class PoolGoneError extends Error {
  override readonly name = 'PoolGoneError';
  /** Absent if only the database noticed. */
  readonly poolId: string | undefined;

  constructor(poolId: string | undefined, options?: ErrorOptions) {
    super(`the user pool ${poolId ?? 'of a record'} was deleted`, options);
    this.poolId = poolId;
  }
}

export type * from './addresses.ts';
export type * from './audit.ts';
export type * from './auth-events.ts';
export * from './clients.ts';
export type * from './codes.ts';
export type * from './configurations.ts';
export type * from './devices.ts';
export type * from './metrics.ts';
export * from './groups.ts';
export * from './imports.ts';
export type * from './identity-providers.ts';
export * from './jobs.ts';
export type * from './keys.ts';
export type * from './leases.ts';
export type * from './limits.ts';
export type * from './linked-identities.ts';
export type * from './name-review.ts';
export type * from './outbox.ts';
export type * from './page.ts';
export type * from './passkeys.ts';
export * from './pools.ts';
export type * from './replay-cache.ts';
export type * from './resource-servers.ts';
export type * from './saml-keys.ts';
export type * from './sessions.ts';
export * from './users.ts';
