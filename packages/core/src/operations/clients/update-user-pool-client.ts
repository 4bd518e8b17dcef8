import { openClientSecrets } from '../../pools/client-secret.ts';
import { requireClientOf, requirePool } from '../../pools/require.ts';
import { namedByClient } from '../../pools/named-by-client.ts';
import { changingClients } from '../../pools/srp-allowance.ts';
import { clientRequestProblem, clientSettingsProblem } from '../../domain/clients/client-checks.ts';
import { clientSettings } from '../../domain/clients/client-settings.ts';
import { toUserPoolClientType } from '../../domain/clients/client-shapes.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/**
 * Replaces an app client's settings: what the request leaves out goes back to its default; the secret stays, and so
 * does the name unless a new one is given. Source: API model, UpdateUserPoolClient; behaviour.md 3.1, 4; settings.md 4.3.
 */
export const updateUserPoolClient = operation('UpdateUserPoolClient', {
  needs: ['pools', 'clients', 'jobs', 'resourceServers', 'identityProviders'],
  async run(ctx, input) {
    const refused = clientRequestProblem(input);
    if (refused !== undefined) ctx.fail(refused.code, refused.message);
    const pool = await requirePool(ctx, input.UserPoolId);
    const { id, secrets } = await requireClientOf(ctx, pool.id, input.ClientId);
    const problem = clientSettingsProblem({
      given: input,
      pool,
      occasion: 'update',
      hasSecret: secrets.length > 0,
      ...(await namedByClient(ctx, pool.id, input)),
    });
    if (problem !== undefined) ctx.fail(problem.code, problem.message);
    const changed = await changingClients(ctx, pool.id, (tx) =>
      tx.stores.clients.change(id, (client) => ({
        ...client,
        name: input.ClientName ?? client.name,
        settings: clientSettings(input, client.settings),
        modifiedAtMs: ctx.nowMs,
      })),
    );
    if (changed === undefined) {
      return ctx.fail('ResourceNotFoundException', messages.clientNotFound(id));
    }
    const opened = await openClientSecrets(ctx, changed);
    return { UserPoolClient: toUserPoolClientType(changed, opened.at(-1), ctx.world.accountId) };
  },
});
