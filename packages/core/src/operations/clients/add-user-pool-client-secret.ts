import { isClientSecret, newClientSecret, sealClientSecret } from '../../pools/client-secret.ts';
import { requireClientOf, requirePool } from '../../pools/require.ts';
import { toClientSecretDescriptor } from '../../domain/clients/secret-shapes.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Source: behaviour.md 2. */
const MOST_SECRETS = 2;

/**
 * Gives an app client that has a secret a second one, so that it can be exchanged while applications run: both are accepted until one is
 * deleted. The answer shows the value only if the server made it. Source: API model, AddUserPoolClientSecret; behaviour.md 2.
 */
export const addUserPoolClientSecret = operation('AddUserPoolClientSecret', {
  needs: ['pools', 'clients'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const { id } = await requireClientOf(ctx, pool.id, input.ClientId);
    const value = input.ClientSecret ?? newClientSecret(ctx);
    const added = await ctx.atomically(async (tx) => {
      const { clients } = tx.stores;
      const client = await clients.change(id, (current) => current);
      if (client === undefined) {
        return tx.fail('ResourceNotFoundException', messages.clientNotFound(id));
      }
      if (client.secrets.length === 0) {
        return tx.fail('InvalidParameterException', messages.clientWithoutSecret(id));
      }
      if (client.secrets.length >= MOST_SECRETS) {
        return tx.fail('LimitExceededException', messages.tooManySecrets(MOST_SECRETS));
      }
      // Whoever deletes one of two equal secrets would think that the value is refused from then on.
      if (await isClientSecret(tx, client, value)) {
        return tx.fail('InvalidParameterException', messages.secretInUse);
      }
      const secret = await sealClientSecret(tx, client, value);
      await clients.change(id, (current) => ({
        ...current,
        secrets: [...current.secrets, secret],
        modifiedAtMs: ctx.nowMs,
      }));
      return secret;
    });
    const shown = toClientSecretDescriptor(added);
    const isOurs = input.ClientSecret === undefined;
    return { ClientSecretDescriptor: isOurs ? { ...shown, ClientSecretValue: value } : shown };
  },
});
