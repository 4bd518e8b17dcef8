import { readPageToken } from '../../paging.ts';
import { requireClientOf, requirePool } from '../../pools/require.ts';
import { toClientSecretDescriptor } from '../../domain/clients/secret-shapes.ts';
import { operation } from '../../operation.ts';

/** Lists the secrets of an app client, oldest first, never their values. Source: API model, ListUserPoolClientSecrets. */
export const listUserPoolClientSecrets = operation('ListUserPoolClientSecrets', {
  needs: ['pools', 'clients'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const client = await requireClientOf(ctx, pool.id, input.ClientId);
    // All of them fit on one page, so no token is ever right.
    const context = ['ListUserPoolClientSecrets', pool.id, client.id] as const;
    await readPageToken(ctx, pool.id, context, input.NextToken);
    return { ClientSecrets: client.secrets.map(toClientSecretDescriptor) };
  },
});
