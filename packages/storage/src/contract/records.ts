import { randomUUID } from 'node:crypto';
import type {
  AccessKey,
  Client,
  ClientId,
  Device,
  Group,
  OutboxMessage,
  Passkey,
  Pool,
  PoolId,
  ResourceServer,
  SentCode,
  Sub,
  Session,
  User,
  UserImport,
} from '@poolhouse/core';

/** The time of the tests, in UTC milliseconds; beyond 32 bits, like all of today's times. */
export const t0 = 1_790_000_000_000;

/** The id of a pool. */
export function poolId(text: string): PoolId {
  return text as PoolId;
}

/** The id of an app client. */
export function clientId(text: string): ClientId {
  return text as ClientId;
}

/** The id of a user. */
export function sub(text: string): Sub {
  return text as Sub;
}

/** An ordinary pool. */
export function aPool(over: Partial<Pool> = {}): Pool {
  return {
    id: poolId(`test-1_${randomUUID().slice(0, 8)}`),
    region: 'test-1',
    name: 'pool',
    settings: { SchemaAttributes: [{ Name: 'email', Mutable: true }] },
    allowsSrp: false,
    createdAtMs: t0,
    modifiedAtMs: t0,
    ...over,
  };
}

/** A public client of a pool. */
export function aClient(pool: PoolId, over: Partial<Client> = {}): Client {
  return {
    id: clientId(randomUUID().replaceAll('-', '')),
    poolId: pool,
    name: 'web',
    settings: { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] },
    secrets: [],
    createdAtMs: t0,
    modifiedAtMs: t0,
    ...over,
  };
}

/** A confirmed user whose only sign-in name is its user name. */
export function aUser(pool: PoolId, username: string, over: Partial<User> = {}): User {
  return {
    poolId: pool,
    sub: sub(randomUUID()),
    username,
    status: 'CONFIRMED',
    enabled: true,
    attributes: {},
    pendingAttributes: {},
    names: [{ kind: 'username', key: username }],
    sealedHistory: [],
    createdAtMs: t0,
    modifiedAtMs: t0,
    failedAttempts: 0,
    ...over,
  };
}

/** A code that confirms a sign-up by email. */
export function aCode(pool: PoolId, user: Sub, over: Partial<SentCode> = {}): SentCode {
  return {
    poolId: pool,
    sub: user,
    purpose: 'confirm-sign-up',
    attribute: 'email',
    rowId: 'row',
    clientId: '',
    mac: 'mac',
    createdAtMs: t0,
    expiresAtMs: t0 + 60_000,
    attemptsLeft: 3,
    ...over,
  };
}

/** A passkey of its own. */
export function aPasskey({ poolId, sub }: User, over: Partial<Passkey> = {}): Passkey {
  return {
    poolId,
    sub,
    credentialId: randomUUID(),
    publicKey: 'key',
    mac: 'mac',
    signCount: 1,
    transports: ['usb'],
    aaguid: '00000000-0000-0000-0000-000000000000',
    isBackupEligible: false,
    isBackedUp: false,
    friendlyName: 'Passkey',
    relyingPartyId: 'shop.example',
    createdAtMs: t0,
    ...over,
  };
}

/** A device. */
export function aDevice({ poolId, sub }: User, over: Partial<Device> = {}): Device {
  return {
    poolId,
    sub,
    key: `test-1_${randomUUID()}`,
    isRemembered: true,
    sealedVerifier: 'sealed',
    createdAtMs: t0,
    modifiedAtMs: t0,
    lastAuthenticatedAtMs: t0,
    ...over,
  };
}

/** A resource server. */
export function aResourceServer(
  poolId: PoolId,
  identifier: string,
  over: Partial<ResourceServer> = {},
): ResourceServer {
  const scopes = [{ name: 'read', description: 'Reads' }];
  return { poolId, identifier, name: 'API', scopes, createdAtMs: t0, modifiedAtMs: t0, ...over };
}

/** A session. */
export function aSession(pool: PoolId, user: Sub, over: Partial<Session> = {}): Session {
  return {
    id: randomUUID(),
    poolId: pool,
    clientId: clientId('client'),
    sub: user,
    authTimeMs: t0,
    eventId: 'event',
    scope: 'openid email',
    expiresAtMs: t0 + 86_400_000,
    ...over,
  };
}

/** A group. */
export function aGroup(pool: PoolId, name: string, over: Partial<Group> = {}): Group {
  return { poolId: pool, name, createdAtMs: t0, modifiedAtMs: t0, ...over };
}

/** An enabled access key for all pools. */
export function anAccessKey(id: string, over: Partial<AccessKey> = {}): AccessKey {
  return { id, sealedSecret: 'sealed', enabled: true, note: '', createdAtMs: t0, ...over };
}

/** An email that is waiting to be sent. */
export function aMessage(
  pool: PoolId,
  id: string,
  over: Partial<OutboxMessage> = {},
): OutboxMessage {
  return {
    id,
    poolId: pool,
    medium: 'EMAIL',
    to: 'anna@example.com',
    sealedContent: 'sealed',
    createdAtMs: t0,
    expiresAtMs: t0 + 3_600_000,
    ...over,
  };
}

/** An import that waits for its file. */
export function anImport(pool: PoolId, over: Partial<UserImport> = {}): UserImport {
  return {
    poolId: pool,
    id: `import-${randomUUID().slice(0, 8)}`,
    name: 'people',
    roleArn: 'arn:aws:iam::000000000000:role/logs',
    state: 'Created',
    createdAtMs: t0,
    imported: 0,
    skipped: 0,
    failed: 0,
    ...over,
  };
}
