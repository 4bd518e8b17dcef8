import { openProviderSecrets, serverContext, type Pool } from '@poolhouse/core';
import type { DeclarationParts, Result } from './apply-pool.ts';
import type { DeclaredProvider, DeclaredResourceServer } from './declared-directory.ts';
import type { Path } from './read-declaration.ts';
import { referredTo } from './references.ts';
import { holds, without } from './same-settings.ts';

/** Creates the resource server, or sets its name and scopes as the file has them. */
export async function applyResourceServer(
  parts: DeclarationParts,
  pool: Pool,
  declared: DeclaredResourceServer,
  path: Path,
): Promise<Result> {
  const { api, storage } = parts;
  const { identifier, name } = declared;
  const find = () => storage.stores.resourceServers.get(pool.id, identifier);
  const found = await find();
  const scopes = Object.entries(declared.scopes).map(([scope, description]) => ({
    ScopeName: scope,
    ScopeDescription: description,
  }));
  const input = { UserPoolId: pool.id, Identifier: identifier, Name: name, Scopes: scopes };
  if (found === undefined) {
    return created(() => api.run('CreateResourceServer', input, path), {
      find,
      again: () => applyResourceServer(parts, pool, declared, path),
    });
  }
  const present = found.scopes.map((scope) => [scope.name, scope.description] as const);
  const isSame =
    name === found.name &&
    present.length === scopes.length &&
    holds(declared.scopes, Object.fromEntries(present));
  if (isSame) return 'kept';
  await api.run('UpdateResourceServer', input, path);
  return 'updated';
}

/** Creates the identity provider, or sets what the file names, if it differs: then its details as a whole. */
export async function applyProvider(
  parts: DeclarationParts,
  pool: Pool,
  declared: DeclaredProvider,
  path: Path,
): Promise<Result> {
  const { api, storage, world, file } = parts;
  const { name, type, attributeMapping, identifiers, acrMapping } = declared;
  const find = () => storage.stores.identityProviders.get(pool.id, name);
  const found = await find();
  const place = [...path, 'details'];
  const details = Object.fromEntries(
    Object.entries(declared.details).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : referredTo(file, value, [...place, key]),
    ]),
  );
  const input = without(
    {
      ...{ UserPoolId: pool.id, ProviderName: name, ProviderDetails: details },
      ...{ AttributeMapping: attributeMapping, IdpIdentifiers: identifiers },
      AcrMapping: acrMapping,
    },
    [],
  );
  if (found === undefined) {
    const all = { ...input, ProviderType: type };
    return created(() => api.run('CreateIdentityProvider', all, path), {
      find,
      again: () => applyProvider(parts, pool, declared, path),
    });
  }
  if (found.type !== type) {
    throw file.refuse(
      [...path, 'type'],
      `is ${type}, but the provider is of type ${found.type}, which cannot change`,
      'Delete the provider, or give this one another name.',
    );
  }
  const secrets = await openProviderSecrets(serverContext(storage, world), found);
  const wanted = without({ attributeMapping, idpIdentifiers: identifiers, acrMapping }, []);
  if (holds(details, { ...found.details, ...secrets }) && holds(wanted, found)) return 'kept';
  await api.run('UpdateIdentityProvider', input, path);
  return 'updated';
}

/** Creates it, unless an administrator has meanwhile: other nodes are already serving. Then it is looked at again. */
async function created(
  create: () => Promise<unknown>,
  { find, again }: { find: () => Promise<unknown>; again: () => Promise<Result> },
): Promise<Result> {
  try {
    await create();
    return 'created';
  } catch (error) {
    if ((await find()) === undefined) throw error;
    return again();
  }
}
