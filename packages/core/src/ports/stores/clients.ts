import type { Client } from '../../domain/clients/client.ts';
import type { ClientId, PoolId } from '../../domain/ids.ts';
import type { Page } from './page.ts';
import type { DeletionStep } from './pools.ts';

/** The name of the job that carries out the deletion of an app client. */
export const deletionOfClient = (id: ClientId): string => `delete-client ${id}`;

/** The secrets of an app client. */
export type ClientSecrets = Pick<Client, 'id' | 'secrets'>;

/** App clients. Ids are unique across all pools. Reads may be at most one second old across nodes. */
export interface ClientStore {
  /** Inserts the client unless its id is taken. */
  createIfAbsent(client: Client): Promise<boolean>;
  get(id: ClientId): Promise<Client | undefined>;
  /** Applies `change` to the current record under a lock. */
  change(id: ClientId, change: (current: Client) => Client): Promise<Client | undefined>;
  /**
   * Removes the client for everybody: it and its refresh tokens are absent on every node. The job that this adds, {@link deletionOfClient},
   * removes the rest; until then the id stays taken.
   */
  delete(id: ClientId, nowMs: number): Promise<boolean>;
  /** Removes at most `limit` rows of a deleted client, and its record once there are none. */
  carryOutDeletion(id: ClientId, limit: number): Promise<DeletionStep>;
  /** Clients of a pool by name, then id. `after` is the last item's `[name, id]`. */
  list(
    poolId: PoolId,
    limit: number,
    after?: readonly [name: string, id: string],
  ): Promise<Page<Client, readonly [name: string, id: string]>>;
  count(poolId: PoolId): Promise<number>;
  /**
   * Replaces the secrets of the pool's next `limit` clients, by id, with what the pure function `reseal` returns for them; returns where to
   * continue, or `undefined` if nothing is left to do. Nothing else about a client changes.
   */
  reseal(
    poolId: PoolId,
    limit: number,
    after: string,
    reseal: (client: ClientSecrets) => ClientSecrets,
  ): Promise<string | undefined>;
}
