import { poolNamedBy, type ErrorName, type OperationName } from '@poolhouse/model';
import { isAudited } from './audit/audited-operations.ts';
import { auditedStorage, type AuditedRequest, type AuditKeys } from './audit/audited-storage.ts';
import { orderOf } from './limits/work.ts';
import { peopleKey } from './audit/people.ts';
import { chainKey } from './audit/walk-chain.ts';
import { Failure } from './failure.ts';
import type { Caller, OperationContext, Operation, RequestFacts } from './operation.ts';
import { OverloadError } from './ports/work-order.ts';
import type { PoolId } from './domain/ids.ts';
import type { Pool } from './domain/pools/pool.ts';
import { noticingStorage } from './notices/noticing-storage.ts';
import type { ChangedUser } from './notices/noticing-stores.ts';
import { PoolGoneError, type Storage, type StoreName, type Stores } from './ports/stores/index.ts';
import { tell } from './triggers/tell.ts';
import type { World } from './world.ts';
import { messages } from './domain/texts.ts';

/** Runs a built operation on input that the model has decoded. Throws {@link Failure} for expected outcomes. */
export type Execute = (
  operation: Operation,
  input: unknown,
  caller: Caller,
  /** What the request says outside its input. */
  facts?: Pick<RequestFacts, 'userAgent'>,
) => Promise<Record<string, unknown>>;

const fail = (code: string, message: string, detail?: string): never => {
  throw new Failure(code as ErrorName, message, detail);
};

type StorageView = Pick<Storage, 'stores' | 'transaction'>;

function contextOver(
  storage: StorageView,
  world: World,
  caller: Caller,
  nowMs: number,
  {
    operation,
    request = {},
    byAdministrator = caller.kind !== 'anyone' && operation !== undefined && isAudited(operation),
  }: { operation?: OperationName; request?: RequestFacts; byAdministrator?: boolean } = {},
): OperationContext<string, StoreName> {
  const { random, publicUrl, vault } = world;
  const facts = { fail, nowMs, caller, random, publicUrl };
  const within = (stores: Stores) => {
    // Keys are read on the transaction's own connection: a burst in which each waits for a second connection would deadlock.
    const inside = vault.within(stores);
    return { ...facts, stores, secretsOf: (poolId: string) => inside.of(poolId) };
  };
  const tellChange = ({ after: user, changes }: ChangedUser) => {
    const happened = { kind: 'factors-changed', pool: { id: user.poolId }, user, changes } as const;
    tell({ world, nowMs, caller, request }, { ...happened, client: undefined });
  };
  const noticing = noticingStorage(storage, { world, within, byAdministrator, tell: tellChange });
  return {
    ...facts,
    stores: noticing.stores,
    secretsOf: (poolId) => vault.of(poolId),
    atomically: (work) => noticing.transaction((stores) => work(within(stores))),
    world,
    request,
    order: orderOf(caller, operation),
  };
}

/**
 * A context outside of any operation, for the server's own work: start, links in mails, scheduled work. `source` is the network address of
 * whoever caused it, and `request` what they sent; changes of `audited` work are audited.
 */
export function serverContext(
  storage: Storage,
  world: World,
  {
    source,
    request,
    audited,
  }: {
    readonly source?: string;
    readonly request?: RequestFacts;
    readonly audited?: ServerWork;
  } = {},
): OperationContext<string, StoreName> {
  const caller: Caller = { kind: 'anyone', ...(source !== undefined && { source }) };
  const view = audited === undefined ? storage : auditedWork(storage, world, audited);
  return contextOver(view, world, caller, world.clock.nowMs(), { request });
}

/** The server's own work that has to be audited. */
export interface ServerWork {
  /** Why the server does it: `declaration`, `set-up`, `command line`. */
  readonly actor: string;
  /** The operation that would do the same, or the command's own name. */
  readonly operation: string;
  /** The pool whose users it may change. */
  readonly poolId?: string;
  /** The network address of whoever caused it, if it came over a network. */
  readonly source?: string;
}

/** What an administrator does where the API has no operation for it. */
export interface AdministratorsWork {
  /** The administrator's user name. */
  readonly administrator: string;
  /** The operation by which a user does the same; the audit names it. */
  readonly operation: OperationName;
  readonly pool: Pick<Pool, 'id' | 'region'>;
  /** The network address that the request came from. */
  readonly source: string | undefined;
}

/** A context for it: what it changes is audited as the administrator's doing, and told to the user like any change of theirs. */
export function administratorsContext(
  storage: Storage,
  world: World,
  { administrator, operation, pool, source }: AdministratorsWork,
): OperationContext<string, StoreName> {
  const atMs = world.clock.nowMs();
  const request = {
    atMs,
    actor: administrator,
    actorKind: 'administrator',
    source,
    operation,
  } as const;
  const view = auditedStorage(storage, request, {
    random: world.random,
    keys: () => auditKeys(storage, world.vault, pool.id),
  });
  const caller = { kind: 'administrator', id: administrator, region: pool.region, source } as const;
  return contextOver(view, world, caller, atMs, { operation, byAdministrator: true });
}

/** The storage for the server's own work, with everything that it changes audited. */
export function auditedWork(
  storage: Storage,
  world: Pick<World, 'clock' | 'vault' | 'random'>,
  { actor, operation, poolId, source }: ServerWork,
): StorageView {
  const request: AuditedRequest = {
    atMs: world.clock.nowMs(),
    actor,
    actorKind: 'server',
    source,
    operation,
  };
  return auditedStorage(storage, request, {
    random: world.random,
    keys: () => auditKeys(storage, world.vault, poolId),
  });
}

async function auditKeys(
  storage: Storage,
  vault: World['vault'],
  pool: string | undefined,
): Promise<AuditKeys> {
  const exists =
    pool !== undefined && (await storage.stores.pools.get(pool as PoolId)) !== undefined;
  return {
    chain: await chainKey(vault),
    people: exists ? peopleKey(await vault.of(pool)) : undefined,
  };
}

/** Combines operations with their storage and world. Changes by administrators are audited. */
export function makeExecute(storage: Storage, world: World): Execute {
  return async (operation, input, caller, facts) => {
    const nowMs = world.clock.nowMs();
    const view = viewOf({ storage, world, operation, input, caller, nowMs });
    const request = { ...facts, ...requestFactsOf(input) };
    const ctx = contextOver(view, world, caller, nowMs, { operation: operation.name, request });
    try {
      return (await operation.run(ctx, input as never)) as Record<string, unknown>;
    } catch (error) {
      if (error instanceof OverloadError) {
        throw new Failure('TooManyRequestsException', messages.tooManyRequests, undefined, error);
      }
      if (error instanceof PoolGoneError) {
        throw new Failure('ResourceNotFoundException', textOf(error, input), error.message, error);
      }
      throw error;
    }
  };
}

/** What the operation would have answered a moment later: public operations name only the app client. Source: behaviour.md 3.4. */
function textOf(error: PoolGoneError, input: unknown): string {
  const { UserPoolId, ClientId } = input as Readonly<Record<string, string | undefined>>;
  return UserPoolId === undefined && ClientId !== undefined
    ? messages.clientNotFound(ClientId)
    : messages.poolNotFound(UserPoolId ?? error.poolId ?? '');
}

function requestFactsOf(input: unknown): RequestFacts {
  const { ClientMetadata, ContextData, UserContextData } = input as {
    readonly ClientMetadata?: RequestFacts['clientMetadata'];
    readonly ContextData?: RequestFacts['contextData'];
    readonly UserContextData?: RequestFacts['contextData'];
  };
  const contextData = ContextData ?? UserContextData;
  return {
    ...(ClientMetadata !== undefined && { clientMetadata: ClientMetadata }),
    ...(contextData !== undefined && { contextData }),
  };
}

function viewOf(parts: {
  readonly storage: Storage;
  readonly world: World;
  readonly operation: Operation;
  readonly input: unknown;
  readonly caller: Caller;
  readonly nowMs: number;
}): StorageView {
  const { storage, world, operation, input, caller, nowMs } = parts;
  if (caller.kind === 'anyone' || !isAudited(operation.name)) return storage;
  const request: AuditedRequest = {
    atMs: nowMs,
    actor: caller.id,
    actorKind: caller.kind,
    source: caller.source,
    operation: operation.name,
  };
  const pool = poolNamedBy(operation.name, input as object);
  const keys = () => auditKeys(storage, world.vault, pool);
  return auditedStorage(storage, request, { random: world.random, keys });
}

/** All operations that are built, by name. */
export type Registry = ReadonlyMap<OperationName, Operation>;
