import type {
  Health,
  AccessKey,
  Client,
  Pool,
  Storage,
  StoredSigningKey,
  Stores,
  WrappedDataKey,
} from '@poolhouse/core';
import { RecordCache } from '../stores/records/record-cache.ts';
import type { Database, Sql } from '../sql/sql.ts';
import { SqlAccessKeys } from '../stores/access-keys.ts';
import { SqlAddresses } from '../stores/addresses.ts';
import { SqlAudit } from '../stores/audit.ts';
import { SqlAuthEvents } from '../stores/auth-events.ts';
import { SqlClients } from '../stores/clients.ts';
import { SqlCodes } from '../stores/codes.ts';
import { SqlConfigurations, type RememberedConfiguration } from '../stores/configurations.ts';
import { SqlIdentityProviders } from '../stores/identity-providers.ts';
import { SqlMetrics } from '../stores/metrics.ts';
import { SqlGroups } from '../stores/groups.ts';
import { SqlDataKeys, SqlSigningKeys } from '../stores/keys.ts';
import { SqlImports } from '../stores/imports.ts';
import { SqlJobs } from '../stores/jobs.ts';
import { OwnLeases, SqlLeases } from '../stores/leases.ts';
import { SqlLinkedIdentities } from '../stores/linked-identities.ts';
import { SqlLimits } from '../stores/limits.ts';
import { SqlNameReview } from '../stores/name-review.ts';
import { SqlOutbox } from '../stores/outbox.ts';
import { SqlDevices } from '../stores/devices.ts';
import { SqlPasskeys } from '../stores/passkeys.ts';
import { SqlPools } from '../stores/pools.ts';
import { SqlReplayCache } from '../stores/replay-cache.ts';
import { SqlResourceServers } from '../stores/resource-servers.ts';
import { SqlSamlKeys } from '../stores/saml-keys.ts';
import { SqlSessions } from '../stores/sessions.ts';
import { SqlUsers } from '../stores/users.ts';

/** A clock that never goes backwards, in milliseconds. */
export type ElapsedMs = () => number;

interface Caches {
  readonly pools: RecordCache<Pool>;
  readonly clients: RecordCache<Client>;
  readonly configurations: RecordCache<RememberedConfiguration>;
  readonly accessKeys: RecordCache<AccessKey>;
  /** By owner and by pool, because all versions of a key are read together. */
  readonly dataKeys: RecordCache<readonly WrappedDataKey[]>;
  readonly signingKeys: RecordCache<readonly StoredSigningKey[]>;
  /** How long other nodes may keep answering from memory after this one changed something, in milliseconds; 0 if there are none. */
  readonly othersMayKeepMs: number;
}

/** What all stores of one process share. */
interface Shared {
  readonly caches: Caches;
  /** Absent if other processes also have the database open. */
  readonly ownLeases: OwnLeases | undefined;
  readonly messageAdded: () => void;
}

/** All stores over one database. */
export class SqlStorage implements Storage {
  readonly stores: Stores;
  readonly #database: Database;
  readonly #shared: Shared;
  #onMessage: () => void = () => undefined;

  constructor(database: Database, elapsedMs: ElapsedMs = () => performance.now()) {
    const maxAgeMs = database.cacheMaxAgeMs;
    this.#database = database;
    const caches: Caches = {
      pools: new RecordCache(maxAgeMs, elapsedMs),
      clients: new RecordCache(maxAgeMs, elapsedMs),
      configurations: new RecordCache(maxAgeMs, elapsedMs),
      accessKeys: new RecordCache(maxAgeMs, elapsedMs),
      dataKeys: new RecordCache(maxAgeMs, elapsedMs),
      signingKeys: new RecordCache(maxAgeMs, elapsedMs),
      othersMayKeepMs: Number.isFinite(maxAgeMs) ? maxAgeMs : 0,
    };
    this.#shared = {
      caches,
      ownLeases: caches.othersMayKeepMs === 0 ? new OwnLeases() : undefined,
      messageAdded: () => this.#onMessage(),
    };
    this.stores = makeStores(database, this.#shared, true);
  }

  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    return this.#database.transaction((tx) => work(makeStores(tx, this.#shared, false)));
  }

  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#database.exclusively(work);
  }

  onMessage(listener: () => void): void {
    this.#onMessage = listener;
  }

  health(): Promise<Health> {
    return this.#database.health();
  }

  inspect(): Promise<boolean> {
    return this.#database.inspect();
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}

/** Inside a transaction nothing is answered from memory, but what it wrote is forgotten once it is committed. */
function makeStores(
  sql: Sql,
  { caches, ownLeases, messageAdded }: Shared,
  cached: boolean,
): Stores {
  const { pools, clients, configurations, accessKeys, dataKeys, signingKeys } = caches;
  const inTransaction = !cached;
  return {
    pools: new SqlPools(sql, {
      cache: cached ? pools : undefined,
      written: {
        changed: (id) => pools.forget(id),
        deleted(id) {
          pools.forget(id);
          dataKeys.forget(id);
          signingKeys.forget(id);
          clients.forgetWhere(({ poolId }) => poolId === id);
          configurations.forgetWhere(({ poolId }) => poolId === id);
        },
      },
      recordStaysMs: caches.othersMayKeepMs * 2,
    }),
    clients: new SqlClients(sql, cached ? clients : undefined, (id) => {
      clients.forget(id);
      configurations.forgetWhere(({ clientId }) => clientId === id);
    }),
    configurations: new SqlConfigurations(
      sql,
      cached ? configurations : undefined,
      (key, poolId) => {
        configurations.forget(key);
        // A pool is remembered with what it says of its sessions.
        pools.forget(poolId);
      },
    ),
    resourceServers: new SqlResourceServers(sql),
    identityProviders: new SqlIdentityProviders(sql),
    samlKeys: new SqlSamlKeys(sql),
    linkedIdentities: new SqlLinkedIdentities(sql),
    users: new SqlUsers(sql),
    nameReview: new SqlNameReview(sql),
    passkeys: new SqlPasskeys(sql),
    devices: new SqlDevices(sql),
    imports: new SqlImports(sql),
    authEvents: new SqlAuthEvents(sql),
    codes: new SqlCodes(sql),
    sessions: new SqlSessions(sql),
    replayCache: new SqlReplayCache(sql),
    limits: new SqlLimits(sql),
    groups: new SqlGroups(sql),
    dataKeys: new SqlDataKeys(sql, { cache: dataKeys, inTransaction }),
    signingKeys: new SqlSigningKeys(sql, { cache: signingKeys, inTransaction }),
    accessKeys: new SqlAccessKeys(sql, cached ? accessKeys : undefined, (id) =>
      accessKeys.forget(id),
    ),
    outbox: new SqlOutbox(sql, messageAdded),
    jobs: new SqlJobs(sql),
    leases: ownLeases ?? new SqlLeases(sql),
    audit: new SqlAudit(sql),
    metrics: new SqlMetrics(sql),
    addresses: new SqlAddresses(sql),
  };
}
