import type { ErrorName, OperationName } from '@poolhouse/model';
import { isAudited } from './audit/audited-operations.ts';
import { auditedStorage } from './audit/audited-storage.ts';
import { Failure } from './failure.ts';
import type { Caller, Cx, Operation } from './operation.ts';
import { HasherBusyError } from './ports/hasher.ts';
import type { Storage, StoreName, Stores } from './ports/stores/index.ts';
import type { World } from './world.ts';
import { messages } from './domain/texts.ts';

/** Runs a built operation on input that the model has decoded. Throws {@link Failure} for expected outcomes. */
export type Execute = (
  operation: Operation,
  input: unknown,
  caller: Caller,
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
): Cx<string, StoreName> {
  const over = (stores: Stores, inTransaction: boolean): Cx<string, StoreName> => {
    const cx: Cx<string, StoreName> = {
      stores,
      atomically: (work) =>
        inTransaction ? work(cx) : storage.transaction((inner) => work(over(inner, true))),
      fail,
      nowMs,
      world,
      caller,
    };
    return cx;
  };
  return over(storage.stores, false);
}

/**
 * A context outside any operation, for what the server itself does: start, links in mails, scheduled work. `source` is the
 * network address of whoever caused it.
 */
export function serverContext(
  storage: Storage,
  world: World,
  source?: string,
): Cx<string, StoreName> {
  const caller: Caller = { kind: 'anyone', ...(source !== undefined && { source }) };
  return contextOver(storage, world, caller, world.clock.nowMs());
}

/** Joins operations with the storage and the world they run in. What administrators change is audited. */
export function makeExecute(storage: Storage, world: World): Execute {
  return async (operation, input, caller) => {
    const nowMs = world.clock.nowMs();
    const view = viewOf(storage, operation, caller, nowMs);
    const cx = contextOver(view, world, caller, nowMs);
    try {
      return (await operation.run(cx, input as never)) as Record<string, unknown>;
    } catch (error) {
      if (error instanceof HasherBusyError) {
        throw new Failure('TooManyRequestsException', messages.tooManyRequests, undefined, error);
      }
      throw error;
    }
  };
}

function viewOf(
  storage: Storage,
  operation: Operation,
  caller: Caller,
  nowMs: number,
): StorageView {
  if (caller.kind === 'anyone' || !isAudited(operation.name)) return storage;
  return auditedStorage(storage, {
    atMs: nowMs,
    actor: caller.id,
    actorKind: caller.kind,
    source: caller.source,
    operation: operation.name,
  });
}

/** All operations that are built, by name. */
export type Registry = ReadonlyMap<OperationName, Operation>;
