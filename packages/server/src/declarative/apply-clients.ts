import {
  clientId,
  createClient,
  deletionOfClient,
  isClientSecret,
  serverContext,
  type Client,
  type Pool,
} from '@poolhouse/core';
import { finishJob } from '../jobs/finish-job.ts';
import type { DeclarationParts, Result } from './apply-pool.ts';
import { applyWhole } from './apply-whole.ts';
import type { DeclaredClient } from './declaration.ts';
import type { Path } from './read-declaration.ts';
import { referredTo } from './references.ts';
import { holds, without } from './same-settings.ts';

/** Settings of CreateUserPoolClient that concern the secret, which stays as it is. */
const FIXED = ['GenerateSecret', 'ClientSecret'];
/** Members that describe a client and cannot be set. */
const MADE = ['ClientType'];

interface AppliedClient {
  readonly client: Client;
  readonly result: Result;
}

/** Creates the app client, or updates the settings that the file names. */
export async function applyClient(
  parts: DeclarationParts,
  pool: Pool,
  declared: DeclaredClient,
  path: Path,
): Promise<AppliedClient> {
  const applied = await applyApiSettings(parts, pool, declared, path);
  const { client, result } = applied;
  const sessions = {
    get: 'GetUserPoolClientSessionConfiguration',
    set: 'SetUserPoolClientSessionConfiguration',
    of: { UserPoolId: pool.id, ClientId: client.id },
  } as const;
  const place = [...path, 'sessions'];
  const isOther = await applyWhole(parts.api, sessions, declared.sessions, place);
  const isNew = await applySecret(parts, client, declared, path);
  return { client, result: (isOther || isNew) && result === 'kept' ? 'updated' : result };
}

/** Adds the secret that the file leads to, if the client has not got it yet; none is removed. Returns whether there was something to do. */
async function applySecret(
  { storage, world, api, file }: DeclarationParts,
  { id, poolId }: Client,
  declared: DeclaredClient,
  path: Path,
): Promise<boolean> {
  const client = declared.secret && (await storage.stores.clients.get(id));
  if (client === undefined || declared.secret === undefined) return false;
  const place = [...path, 'secret'];
  const secret = referredTo(file, declared.secret, place);
  if (await isClientSecret(serverContext(storage, world), client, secret)) return false;
  if (client.secrets.length > 1) {
    throw file.refuse(
      place,
      'is a third secret of the app client, which may have two',
      'Delete one with DeleteUserPoolClientSecret, or in the console.',
    );
  }
  const input = { UserPoolId: poolId, ClientId: id, ClientSecret: secret };
  await api.run('AddUserPoolClientSecret', input, place);
  return true;
}

async function applyApiSettings(
  parts: DeclarationParts,
  pool: Pool,
  declared: DeclaredClient,
  path: Path,
): Promise<AppliedClient> {
  const { storage, world, api, file } = parts;
  const { name, settings } = declared;
  const place = [...path, 'settings'];
  const all = { ...settings, UserPoolId: pool.id, ClientName: name };
  const input = api.check('CreateUserPoolClient', all, place);
  const found = await findClient(parts, pool, declared, path);
  if (found === undefined) {
    if (declared.id !== undefined) {
      await finishJob(parts, deletionOfClient(clientId(declared.id)));
    }
    const secret = declared.secret && referredTo(file, declared.secret, [...path, 'secret']);
    if (secret !== undefined) {
      api.check('CreateUserPoolClient', { ...all, ClientSecret: secret }, [...path, 'secret']);
    }
    const made = await api
      .explained(place, () =>
        createClient(
          serverContext(storage, world, {
            audited: { actor: 'declaration', operation: 'CreateUserPoolClient' },
          }),
          input,
          { id: declared.id, ...(secret !== undefined && { secret }) },
        ),
      )
      .catch(async (error: unknown) => {
        // An administrator may have created it meanwhile: other nodes are already serving.
        if ((await findClient(parts, pool, declared, path)) === undefined) throw error;
        return undefined;
      });
    if (made === undefined) return applyApiSettings(parts, pool, declared, path);
    return { client: made.client, result: 'created' };
  }
  const changeable = without(settings, FIXED);
  if (found.name === name && holds(changeable, found.settings)) {
    return { client: found, result: 'kept' };
  }
  await api.run(
    'UpdateUserPoolClient',
    {
      ...without(found.settings, MADE),
      ...changeable,
      UserPoolId: pool.id,
      ClientId: found.id,
      ClientName: name,
    },
    place,
  );
  return { client: (await storage.stores.clients.get(found.id)) ?? found, result: 'updated' };
}

async function findClient(
  { storage, file }: DeclarationParts,
  pool: Pool,
  declared: DeclaredClient,
  path: Path,
): Promise<Client | undefined> {
  const { clients } = storage.stores;
  if (declared.id !== undefined) {
    const client = await clients.get(clientId(declared.id));
    if (client === undefined || client.poolId === pool.id) return client;
    throw file.refuse([...path, 'id'], 'is an app client of another pool', 'Choose another id.');
  }
  const found: Client[] = [];
  let after: Parameters<typeof clients.list>[2];
  do {
    const page = await clients.list(pool.id, 100, after);
    found.push(...page.items.filter(({ name }) => name === declared.name));
    after = page.after;
  } while (after !== undefined);
  if (found.length > 1) {
    throw file.refuse(
      [...path, 'name'],
      `is the name of ${found.length} app clients`,
      `Say which one by its id, such as ${found[0]?.id ?? ''}.`,
    );
  }
  return found[0];
}
