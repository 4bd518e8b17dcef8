import { usesSrp } from '../domain/clients/auth-flow-permissions.ts';
import type { Client } from '../domain/clients/client.ts';
import type { PoolId } from '../domain/ids.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';

/**
 * Runs a change of the pool's app clients and then records on the pool whether any of them still allows SRP. If none does, a job removes
 * the users' verifiers (security.md 4); until it is done nobody can use them, because no client allows SRP. One transaction, in which the
 * pool's record is locked first, so that the second of two simultaneous changes sees the result of the first.
 */
export async function changingClients<Code extends string, Result>(
  ctx: OperationContext<Code | 'ResourceNotFoundException', 'pools' | 'clients' | 'jobs'>,
  id: PoolId,
  change: (
    tx: TransactionContext<Code | 'ResourceNotFoundException', 'pools' | 'clients' | 'jobs'>,
    pool: Pool,
  ) => Promise<Result>,
): Promise<Result> {
  return ctx.atomically(async (tx) => {
    const pool = await tx.stores.pools.change(id, (current) => current);
    if (pool === undefined) {
      return tx.fail('ResourceNotFoundException', messages.poolNotFound(id));
    }
    const result = await change(tx, pool);
    const allowed = await someClientAllowsSrp(tx, id);
    if (allowed !== pool.allowsSrp) {
      await tx.stores.pools.change(id, (current) => ({ ...current, allowsSrp: allowed }));
      if (!allowed) {
        await tx.stores.jobs.add({
          id: `drop-srp-verifiers ${id}`,
          kind: 'drop-srp-verifiers',
          poolId: id,
          subject: '',
          cursor: '',
          dueAtMs: ctx.nowMs,
          createdAtMs: ctx.nowMs,
        });
      }
    }
    return result;
  });
}

async function someClientAllowsSrp(
  ctx: TransactionContext<never, 'clients'>,
  id: PoolId,
): Promise<boolean> {
  let after: readonly [string, string] | undefined;
  do {
    const page: { items: readonly Client[]; after?: readonly [string, string] } =
      await ctx.stores.clients.list(id, 100, after);
    if (page.items.some(usesSrp)) return true;
    after = page.after;
  } while (after !== undefined);
  return false;
}
