import { sealedMark } from '../crypto/index.ts';
import type { Client } from '../domain/clients/client.ts';
import type { PoolId } from '../domain/ids.ts';
import type { UserImport } from '../domain/imports/user-import.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { PoolConfiguration } from '../domain/pools/pool-configuration.ts';
import type { IdentityProvider } from '../domain/providers/identity-provider.ts';
import type { ProviderIdentity } from '../domain/providers/linked-identity.ts';
import type { ResourceServer } from '../domain/resource-servers/resource-server.ts';
import type { Group } from '../domain/users/group.ts';
import type { User } from '../domain/users/user.ts';
import type { AuditedChange } from '../ports/stores/audit.ts';
import type { AccessKey } from '../ports/stores/keys.ts';

type Values = Readonly<Record<string, unknown>>;

/** How the audit shows one kind of record. */
export interface ShownRecord<Item> {
  readonly record: AuditedChange['record'];
  readonly nameOf: (item: Item) => string;
  /** Absent if the record belongs to no pool. */
  readonly poolOf?: (item: Item) => PoolId;
  readonly valuesOf: (item: Item) => Values;
}

/** A pool as the audit shows it. */
export const shownPool: ShownRecord<Pool> = {
  record: 'user-pool',
  nameOf: ({ name }) => name,
  poolOf: ({ id }) => id,
  valuesOf: ({ name, settings }) => ({ name, ...settings }),
};

/** An app client as the audit shows it: its secrets only by id. */
export const shownClient: ShownRecord<Client> = {
  record: 'app-client',
  nameOf: ({ name }) => name,
  poolOf: ({ poolId }) => poolId,
  valuesOf: ({ name, settings, secrets }) => ({
    name,
    ...settings,
    secrets: secrets.map(({ id }) => id),
  }),
};

/** A configuration, without the time when it was written. */
export type AuditedConfiguration = Omit<PoolConfiguration, 'modifiedAtMs'>;

/** A configuration of a pool or an app client as the audit shows it. */
export const shownConfiguration: ShownRecord<AuditedConfiguration> = {
  record: 'configuration',
  nameOf: ({ kind, clientId }) => (clientId === undefined ? kind : `${kind} of ${clientId}`),
  poolOf: ({ poolId }) => poolId,
  valuesOf: ({ value }) => ({ ...value }),
};

/** A resource server as the audit shows it. */
export const shownResourceServer: ShownRecord<ResourceServer> = {
  record: 'resource-server',
  nameOf: ({ identifier }) => identifier,
  poolOf: ({ poolId }) => poolId,
  valuesOf: ({ name, scopes }) => ({
    name,
    scopes: Object.fromEntries(scopes.map((scope) => [scope.name, scope.description])),
  }),
};

/** An identity provider as the audit shows it: of its secrets, only whether they are others. */
export const shownIdentityProvider: ShownRecord<IdentityProvider> = {
  record: 'identity-provider',
  nameOf: ({ name }) => name,
  poolOf: ({ poolId }) => poolId,
  valuesOf: ({ type, details, sealedSecrets, ...provider }) => ({
    type,
    ...prefixed('detail.', details),
    secrets: sealedSecrets && sealedMark(sealedSecrets).slice(0, 8),
    ...prefixed('mapping.', provider.attributeMapping),
    ...prefixed('level.', provider.acrMapping ?? {}),
    identifiers: provider.idpIdentifiers,
  }),
};

/** An identity of a provider as the audit shows it. */
export const shownIdentity = (identity: ProviderIdentity): Values => ({
  provider: identity.providerName,
  [identity.attributeName]: identity.attributeValue,
});

/** A user as the audit shows it: of the password, only whether it is another one. */
export const shownUser: ShownRecord<User> = {
  record: 'user',
  nameOf: ({ username }) => username,
  poolOf: ({ poolId }) => poolId,
  valuesOf: (user) => ({
    username: user.username,
    status: user.status,
    enabled: user.enabled,
    // Enough to tell one password's record from the next, and nothing about the password; a rotation of keys does not change it.
    password: user.sealedPassword && sealedMark(user.sealedPassword).slice(0, 8),
    temporaryPasswordExpiresAtMs: user.temporaryPasswordExpiresAtMs,
    mfa: user.mfa,
    softwareToken: user.sealedSoftwareToken && sealedMark(user.sealedSoftwareToken).slice(0, 8),
    ...prefixed('attribute.', user.attributes),
    ...prefixed('pending.', user.pendingAttributes),
  }),
};

/** A group as the audit shows it. */
export const shownGroup: ShownRecord<Group> = {
  record: 'group',
  nameOf: ({ name }) => name,
  poolOf: ({ poolId }) => poolId,
  valuesOf: ({ name, description, roleArn, precedence }) => ({
    name,
    description,
    roleArn,
    precedence,
  }),
};

/** An access key as the audit shows it: nothing about its secret. */
export const shownAccessKey: ShownRecord<AccessKey> = {
  record: 'access-key',
  nameOf: ({ id }) => id,
  valuesOf: ({ enabled, pools, note }) => ({ enabled, pools: pools ?? 'all', note }),
};

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));
}

/** An import of users as the audit shows it. */
export const shownImport: ShownRecord<UserImport> = {
  record: 'user-import',
  nameOf: ({ name }) => name,
  poolOf: ({ poolId }) => poolId,
  valuesOf: ({ id, state, hashing }) => ({ id, state, hashing }),
};
