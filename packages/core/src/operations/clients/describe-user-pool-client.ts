import { openClientSecrets } from '../../pools/client-secret.ts';
import { requireClientOf, requirePool } from '../../pools/require.ts';
import { toUserPoolClientType } from '../../domain/clients/client-shapes.ts';
import { operation } from '../../operation.ts';

/** Shows an app client, its secret included. Source: API model, DescribeUserPoolClient; behaviour.md 4.1. */
export const describeUserPoolClient = operation('DescribeUserPoolClient', {
  needs: ['pools', 'clients'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const client = await requireClientOf(ctx, pool.id, input.ClientId);
    const secrets = await openClientSecrets(ctx, client);
    return { UserPoolClient: toUserPoolClientType(client, secrets.at(-1), ctx.world.accountId) };
  },
});
