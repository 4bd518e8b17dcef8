import { requireClientOf, requirePool } from '../../pools/require.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Deletes one of an app client's two secrets; it is refused from then on. Source: API model, DeleteUserPoolClientSecret. */
export const deleteUserPoolClientSecret = operation('DeleteUserPoolClientSecret', {
  needs: ['pools', 'clients'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const { id } = await requireClientOf(ctx, pool.id, input.ClientId);
    const secretId = input.ClientSecretId;
    await ctx.atomically(async (tx) => {
      const { clients } = tx.stores;
      const client = await clients.change(id, (current) => current);
      if (client === undefined) {
        return tx.fail('ResourceNotFoundException', messages.clientNotFound(id));
      }
      const left = client.secrets.filter((secret) => secret.id !== secretId);
      if (left.length === client.secrets.length) {
        return tx.fail('ResourceNotFoundException', messages.secretNotFound(secretId));
      }
      if (left.length === 0) tx.fail('InvalidParameterException', messages.lastSecret);
      await clients.change(id, (current) => ({
        ...current,
        secrets: left,
        modifiedAtMs: ctx.nowMs,
      }));
    });
    return {};
  },
});
