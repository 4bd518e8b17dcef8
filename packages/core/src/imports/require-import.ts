import { importMessages, type UserImport } from '../domain/imports/user-import.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { PoolId } from '../domain/ids.ts';
import type { TransactionContext } from '../operation.ts';

/** The import of this pool, or the error that there is none. */
export async function requireImport(
  ctx: TransactionContext<'ResourceNotFoundException', 'imports'>,
  { id: poolId }: Pool,
  id: string,
): Promise<UserImport> {
  const job = await ctx.stores.imports.get({ poolId, id });
  return job ?? ctx.fail('ResourceNotFoundException', importMessages.notFound(id));
}

/**
 * Refuses to change a pool while users are imported into it, as the service does. Call it under the pool's lock, which a start takes too. What
 * a declaration changes at a start of the server is not refused: the import itself waits for that start, and reads the pool anew for each of its
 * slices. Source: API model, UserImportInProgressException.
 */
export async function requireNoImport(
  ctx: TransactionContext<'UserImportInProgressException', 'imports'>,
  poolId: PoolId,
): Promise<void> {
  if (ctx.caller.kind === 'server') return;
  if (await ctx.stores.imports.isRunning(poolId)) {
    ctx.fail('UserImportInProgressException', importMessages.inProgress(poolId));
  }
}
