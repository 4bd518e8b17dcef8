import type { ErrorOf, InputOf, OperationName, OutputOf } from '@poolhouse/model';
import type { PoolSecrets, Random } from './crypto/index.ts';
import type { Fail } from './failure.ts';
import type { StoreName, Stores } from './ports/stores/index.ts';
import type { WorkOrder } from './ports/work-order.ts';
import type { Caller, RequestFacts } from './request.ts';
import type { World } from './world.ts';

export type { Caller, RequestFacts } from './request.ts';

/**
 * The context of a transaction, and of every step that may run in one. `Code` are the errors that may end it, `Store` the stores it
 * may touch; a step asks for less than its operation has. It has no world, so that a step which is given it cannot wait for a hash, the
 * network, or a second connection, which the transaction itself may be holding back. A closure could still reach the operation's own
 * context: the tests' harness fails on that (`testing/transaction-guard.ts`).
 */
export interface TransactionContext<Code extends string, Store extends StoreName> {
  readonly stores: Pick<Stores, Store>;
  readonly fail: Fail<Code>;
  /** When the request arrived, UTC milliseconds: one time for everything that it does. */
  readonly nowMs: number;
  readonly caller: Caller;
  readonly random: Random;
  /** As `World.publicUrl`. */
  readonly publicUrl: string;
  /** The pool's secrets; in a transaction they are read on its own connection. */
  readonly secretsOf: (poolId: string) => Promise<PoolSecrets>;
}

/** The context of one request: what an operation, and every step it calls, may use. */
export interface OperationContext<
  Code extends string,
  Store extends StoreName,
> extends TransactionContext<Code, Store> {
  /** All writes of `work` happen, or none. `work` may run twice. */
  readonly atomically: <T>(work: (tx: TransactionContext<Code, Store>) => Promise<T>) => Promise<T>;
  readonly world: World;
  readonly request: RequestFacts;
  /** Whose work it is, where slow work waits for its turn. */
  readonly order: WorkOrder;
}

/** One API operation: declared above, done below. */
export interface Operation<Name extends OperationName = OperationName> {
  readonly name: Name;
  readonly needs: readonly StoreName[];
  readonly run: (
    ctx: OperationContext<ErrorOf<Name>, StoreName>,
    input: InputOf<Name>,
  ) => Promise<OutputOf<Name>>;
}

/**
 * Declares an operation. The name links it to the model: its input is valid already when `run` sees it,
 * and it can end only with the errors that the API declares for it.
 */
export function operation<Name extends OperationName, const Store extends StoreName>(
  name: Name,
  definition: {
    readonly needs: readonly Store[];
    readonly run: (
      ctx: OperationContext<ErrorOf<Name>, Store>,
      input: InputOf<Name>,
    ) => Promise<OutputOf<Name>>;
  },
): Operation<Name> {
  return { name, needs: definition.needs, run: definition.run };
}
