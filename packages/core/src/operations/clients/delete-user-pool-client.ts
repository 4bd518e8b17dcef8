import { requireClientOf, requirePool } from '../../pools/require.ts';
import { changingClients } from '../../pools/srp-allowance.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Deletes an app client with its tokens and codes. Source: API model, DeleteUserPoolClient. */
export const deleteUserPoolClient = operation('DeleteUserPoolClient', {
  needs: ['pools', 'clients', 'jobs'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const { id } = await requireClientOf(ctx, pool.id, input.ClientId);
    await changingClients(ctx, pool.id, async (tx) => {
      if (!(await tx.stores.clients.delete(id, ctx.nowMs))) {
        tx.fail('ResourceNotFoundException', messages.clientNotFound(id));
      }
    });
    return {};
  },
});
