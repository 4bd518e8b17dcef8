import { readPageToken, writePageToken } from '../../paging.ts';
import { SERVER_SECRETS } from '../../vault/vault.ts';
import { poolId } from '../../domain/ids.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { toUserPoolDescription } from '../../domain/pools/pool-shapes.ts';
import { operation, type TransactionContext } from '../../operation.ts';
import type { Page } from '../../ports/stores/page.ts';
import type { PoolListKey } from '../../ports/stores/pools.ts';

/**
 * Lists the pools of the caller's region, oldest first; a key that is limited to some pools sees only those.
 * Source: API model, ListUserPools; behaviour.md 3.1, 10.
 */
export const listUserPools = operation('ListUserPools', {
  needs: ['pools'],
  async run(ctx, input) {
    const { caller } = ctx;
    if (caller.kind === 'anyone') throw new Error('only access keys list pools');
    const { id, region, pools } = caller;
    const context = ['ListUserPools', region, id] as const;
    const after = await readPageToken<PoolListKey>(ctx, SERVER_SECRETS, context, input.NextToken);
    const page = pools
      ? await pageOf(ctx, pools, region, input.MaxResults, after)
      : await ctx.stores.pools.list(region, input.MaxResults, after);
    return {
      UserPools: page.items.map(toUserPoolDescription),
      NextToken: await writePageToken(ctx, SERVER_SECRETS, context, page.after),
    };
  },
});

/** A page of the named pools, in the order in which the store lists them. */
async function pageOf(
  ctx: TransactionContext<never, 'pools'>,
  ids: readonly string[],
  region: string,
  limit: number,
  after: PoolListKey | undefined,
): Promise<Page<Pool, PoolListKey>> {
  const found = await Promise.all([...new Set(ids)].map((id) => ctx.stores.pools.get(poolId(id))));
  const rest = found
    .filter((pool) => pool !== undefined)
    .filter((pool) => pool.region === region && (after === undefined || byAge(pool, after) > 0))
    .sort(byAge);
  const items = rest.slice(0, limit);
  const last = rest.length > limit ? items.at(-1) : undefined;
  return { items, after: last && { createdAtMs: last.createdAtMs, id: last.id } };
}

function byAge(one: PoolListKey, other: PoolListKey): number {
  return (
    one.createdAtMs - other.createdAtMs || (one.id < other.id ? -1 : Number(one.id > other.id))
  );
}
