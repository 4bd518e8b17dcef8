import { createClient } from '../../pools/create-client.ts';
import { toUserPoolClientType } from '../../domain/clients/client-shapes.ts';
import { operation } from '../../operation.ts';

/** Makes an app client. Source: API model, CreateUserPoolClient; behaviour.md 4. */
export const createUserPoolClient = operation('CreateUserPoolClient', {
  needs: ['pools', 'clients', 'jobs', 'resourceServers', 'identityProviders'],
  async run(ctx, input) {
    const { client, secret } = await createClient(ctx, input);
    return { UserPoolClient: toUserPoolClientType(client, secret, ctx.world.accountId) };
  },
});
