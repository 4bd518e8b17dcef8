import type { Client } from '../../domain/clients/client.ts';
import type { ClientId, PoolId } from '../../domain/ids.ts';
import type { Page } from './page.ts';

/** App clients. Ids are unique over all pools. Reads may be at most one second old across nodes. */
export interface ClientStore {
  /** Inserts the client unless its id is taken. */
  createIfAbsent(client: Client): Promise<boolean>;
  get(id: ClientId): Promise<Client | undefined>;
  /** Applies `change` to the current record under a lock. */
  change(id: ClientId, change: (current: Client) => Client): Promise<Client | undefined>;
  /** Removes the client, its refresh tokens and its codes. */
  delete(id: ClientId): Promise<boolean>;
  /** Clients of a pool by name, then id. `after` is the last item's `[name, id]`. */
  list(
    poolId: PoolId,
    limit: number,
    after?: readonly [name: string, id: string],
  ): Promise<Page<Client, readonly [name: string, id: string]>>;
  count(poolId: PoolId): Promise<number>;
}
