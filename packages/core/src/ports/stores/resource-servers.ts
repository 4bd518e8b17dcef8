import type { PoolId } from '../../domain/ids.ts';
import type { ResourceServer } from '../../domain/resource-servers/resource-server.ts';
import type { Page } from './page.ts';

/** Resource servers of pools, by identifier. */
export interface ResourceServerStore {
  /** Adds the resource server, unless its identifier is taken in the pool, or the pool has `most` of them. */
  add(server: ResourceServer, most: number): Promise<'added' | 'taken' | 'full'>;
  get(poolId: PoolId, identifier: string): Promise<ResourceServer | undefined>;
  /** Applies `change` to the current record under a lock. */
  change(
    poolId: PoolId,
    identifier: string,
    change: (current: ResourceServer) => ResourceServer,
  ): Promise<ResourceServer | undefined>;
  delete(poolId: PoolId, identifier: string): Promise<boolean>;
  /** Resource servers of a pool by identifier. */
  list(poolId: PoolId, limit: number, after?: string): Promise<Page<ResourceServer, string>>;
}
