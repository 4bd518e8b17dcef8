import { regionOf, poolId, type Execute, type Storage, type World } from '@poolhouse/core';
import { DEFAULT_REGION } from '../pools/default-region.ts';
import { makeApi } from './api.ts';
import { applyProvider, applyResourceServer } from './apply-directory.ts';
import { applyClient } from './apply-clients.ts';
import { applyGroup, applyUser, type NewUser } from './apply-people.ts';
import { applyPool, type DeclarationParts, type Result } from './apply-pool.ts';
import { readDeclaration, type DeclarationFile } from './read-declaration.ts';

/** A declared pool as it is now, for the start-up text. */
export interface AppliedPool {
  readonly id: string;
  readonly name: string;
  readonly result: Result;
  /** The id that the file asks for, if the pool has its former one. */
  readonly wantedId?: string;
  readonly clients: readonly { readonly id: string; readonly name: string }[];
}

/** The result of applying a declaration. */
export interface AppliedDeclaration {
  readonly pools: readonly AppliedPool[];
  readonly newUsers: readonly NewUser[];
}

/**
 * Applies a declaration file: creates the pools, app clients, groups and users that are missing, and updates the settings that the file
 * names. Never deletes anything, and never touches an existing user. Applying it again changes nothing; of nodes that start together, one
 * does it and the others find it done. Throws {@link ConfigError} with the line of the file for whatever is impossible.
 */
export async function applyDeclaration(
  what: Applying,
  file: DeclarationFile | string,
): Promise<AppliedDeclaration> {
  const read = typeof file === 'string' ? readDeclaration(file) : file;
  return what.storage.exclusively(() => apply(what, read));
}

interface Applying {
  readonly storage: Storage;
  readonly world: World;
  readonly execute: Execute;
}

async function apply(
  { storage, world, execute }: Applying,
  read: DeclarationFile,
): Promise<AppliedDeclaration> {
  const { log } = world;
  const newUsers: NewUser[] = [];
  const pools: AppliedPool[] = [];
  const note = (kind: string, result: Result, facts: Readonly<Record<string, unknown>>) => {
    if (result !== 'kept') log.info(`declaration.${result}`, { kind, ...facts });
  };
  for (const [index, declared] of read.content.pools.entries()) {
    const path = ['pools', index];
    const region =
      declared.id === undefined
        ? (declared.region ?? DEFAULT_REGION)
        : regionOf(poolId(declared.id));
    const parts: DeclarationParts = {
      storage,
      world,
      file: read,
      api: makeApi(execute, read, region),
    };
    const { pool, result } = await applyPool(parts, declared, region, path);
    note('pool', result, { pool: pool.id });
    for (const [at, server] of declared.resourceServers.entries()) {
      const place = [...path, 'resourceServers', at];
      const { identifier } = server;
      note('resource-server', await applyResourceServer(parts, pool, server, place), {
        pool: pool.id,
        identifier,
      });
    }
    for (const [at, provider] of declared.providers.entries()) {
      const place = [...path, 'providers', at];
      note('provider', await applyProvider(parts, pool, provider, place), {
        pool: pool.id,
        provider: provider.name,
      });
    }
    const clients: { id: string; name: string }[] = [];
    for (const [at, client] of declared.clients.entries()) {
      const applied = await applyClient(parts, pool, client, [...path, 'clients', at]);
      note('client', applied.result, { pool: pool.id, client: applied.client.id });
      clients.push({ id: applied.client.id, name: applied.client.name });
    }
    for (const [at, group] of declared.groups.entries()) {
      const groupResult = await applyGroup(parts, pool, group, [...path, 'groups', at]);
      note('group', groupResult, { pool: pool.id, group: group.name });
    }
    for (const [at, user] of declared.users.entries()) {
      const made = await applyUser(parts, pool, user, [...path, 'users', at]);
      if (made === undefined) continue;
      note('user', 'created', { pool: pool.id });
      newUsers.push(made);
    }
    const isFormer = declared.id !== undefined && pool.id !== declared.id;
    pools.push({
      id: pool.id,
      name: pool.name,
      result,
      ...(isFormer && { wantedId: declared.id }),
      clients,
    });
  }
  return { pools, newUsers };
}
