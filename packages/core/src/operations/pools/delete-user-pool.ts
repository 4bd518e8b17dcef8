import { requireNoImport } from '../../imports/require-import.ts';
import { requirePool } from '../../pools/require.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Deletes a pool with everything in it, unless it is protected. Source: API model, DeleteUserPool; behaviour.md 3.4. */
export const deleteUserPool = operation('DeleteUserPool', {
  needs: ['pools', 'imports'],
  async run(ctx, input) {
    const { id } = await requirePool(ctx, input.UserPoolId);
    await ctx.atomically(async (tx) => {
      // Under the record's lock, so that a protection switched on meanwhile holds.
      const pool = await tx.stores.pools.change(id, (current) => current);
      if (pool === undefined)
        return tx.fail('ResourceNotFoundException', messages.poolNotFound(id));
      if (pool.settings.DeletionProtection === 'ACTIVE') {
        tx.fail('InvalidParameterException', messages.poolProtected);
      }
      await requireNoImport(tx, id);
      await tx.stores.pools.delete(id, ctx.nowMs);
    });
    return {};
  },
});
