import type { Client } from '../domain/clients/client.ts';
import { clientId, poolId, regionOf, type PoolId } from '../domain/ids.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import type { TransactionContext } from '../operation.ts';

/**
 * The id of a pool that the caller may use: in the region that a request is signed for, other regions' pools do not exist. Source:
 * behaviour.md 3.4.
 */
export function requireOwnRegion(
  { caller, fail }: Pick<TransactionContext<'ResourceNotFoundException', never>, 'caller' | 'fail'>,
  id: string,
): PoolId {
  const named = poolId(id);
  return caller.kind === 'anyone' || caller.region === regionOf(named)
    ? named
    : fail('ResourceNotFoundException', messages.poolNotFound(id));
}

/** The pool of the caller's region, or the service's own error. Source: behaviour.md 3.4. */
export async function requirePool(
  ctx: TransactionContext<'ResourceNotFoundException', 'pools'>,
  id: string,
): Promise<Pool> {
  const pool = await ctx.stores.pools.get(requireOwnRegion(ctx, id));
  return pool ?? ctx.fail('ResourceNotFoundException', messages.poolNotFound(id));
}

/** An app client with its pool. */
export interface ClientOfPool {
  readonly client: Client;
  readonly pool: Pool;
}

/** The app client with its pool, if both are there. */
export async function findClient(
  ctx: TransactionContext<never, 'clients' | 'pools'>,
  id: string,
): Promise<ClientOfPool | undefined> {
  const client = await ctx.stores.clients.get(clientId(id));
  const pool = client && (await ctx.stores.pools.get(client.poolId));
  return client && pool && { client, pool };
}

/** The app client with its pool, for operations that name only the client. Source: behaviour.md 3.4. */
export async function requireClient(
  ctx: TransactionContext<'ResourceNotFoundException', 'clients' | 'pools'>,
  id: string,
): Promise<ClientOfPool> {
  const found = await findClient(ctx, id);
  return found ?? ctx.fail('ResourceNotFoundException', messages.clientNotFound(id));
}

/** The app client of exactly this pool; another pool's client counts as missing (security.md V07). */
export async function requireClientOf(
  ctx: TransactionContext<'ResourceNotFoundException', 'clients'>,
  pool: PoolId,
  id: string,
): Promise<Client> {
  const client = await ctx.stores.clients.get(clientId(id));
  if (client === undefined || client.poolId !== pool) {
    return ctx.fail('ResourceNotFoundException', messages.clientNotFound(id));
  }
  return client;
}
