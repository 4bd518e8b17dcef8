import type { CreateUserPoolClientRequest } from '@poolhouse/model';
import { randomText } from '../crypto/index.ts';
import type { Client } from '../domain/clients/client.ts';
import {
  clientRequestProblem,
  clientSettingsProblem,
  type ClientSettingsError,
} from '../domain/clients/client-checks.ts';
import { clientSettings } from '../domain/clients/client-settings.ts';
import { clientId } from '../domain/ids.ts';
import { messages } from '../domain/texts.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';
import { newClientSecret, sealClientSecret } from './client-secret.ts';
import { requirePool } from './require.ts';
import { namedByClient, type NamedByClient } from './named-by-client.ts';
import { changingClients } from './srp-allowance.ts';

/** Source: features.md 1.2. */
const MOST_CLIENTS = 1000;

/** The errors that creating an app client can end with. */
export type CreateClientError =
  ClientSettingsError | 'ResourceNotFoundException' | 'LimitExceededException';

/** A new app client, with its secret in clear if it has one. */
export interface CreatedClient {
  readonly client: Client;
  readonly secret: string | undefined;
}

/**
 * Creates an app client: for CreateUserPoolClient, and for clients in a declaration, which may fix the id and the secret. A fixed secret
 * makes a client with a secret, whatever `GenerateSecret` says. Never call it in a transaction.
 */
export async function createClient(
  ctx: OperationContext<CreateClientError, 'pools' | 'clients' | 'jobs' | NamedByClient>,
  input: CreateUserPoolClientRequest,
  options: { readonly id?: string; readonly secret?: string } = {},
): Promise<CreatedClient> {
  const refused = clientRequestProblem(input);
  if (refused !== undefined) return ctx.fail(refused.code, refused.message);
  const pool = await requirePool(ctx, input.UserPoolId);
  const secret = chosenSecret(ctx, input, options.secret);
  const problem = clientSettingsProblem({
    given: input,
    pool,
    occasion: 'create',
    hasSecret: secret !== undefined,
    ...(await namedByClient(ctx, pool.id, input)),
  });
  if (problem !== undefined) return ctx.fail(problem.code, problem.message);
  const id = clientId(options.id ?? randomText(ctx.random, lettersAndDigits, 26));
  const bare = { id, poolId: pool.id, secrets: [] };
  const client: Client = {
    ...bare,
    name: input.ClientName,
    settings: clientSettings(input),
    secrets: secret === undefined ? [] : [await sealClientSecret(ctx, bare, secret)],
    createdAtMs: ctx.nowMs,
    modifiedAtMs: ctx.nowMs,
  };
  await changingClients(ctx, pool.id, async (tx) => {
    if ((await tx.stores.clients.count(pool.id)) >= MOST_CLIENTS) {
      tx.fail('LimitExceededException', messages.tooManyClients(MOST_CLIENTS));
    }
    if (!(await tx.stores.clients.createIfAbsent(client))) {
      tx.fail('InvalidParameterException', messages.clientIdTaken(id));
    }
  });
  return { client, secret };
}

const lettersAndDigits = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Source: API model, GenerateSecret and ClientSecret. */
function chosenSecret(
  ctx: TransactionContext<'InvalidParameterException', never>,
  input: CreateUserPoolClientRequest,
  fixed: string | undefined,
): string | undefined {
  if (input.GenerateSecret && input.ClientSecret !== undefined) {
    ctx.fail('InvalidParameterException', messages.secretTwice);
  }
  return fixed ?? input.ClientSecret ?? (input.GenerateSecret ? newClientSecret(ctx) : undefined);
}
