import { requirePool } from '../../pools/require.ts';
import { toUserPoolType } from '../../domain/pools/pool-shapes.ts';
import { operation } from '../../operation.ts';

/** Shows a pool with all of its settings. Source: API model, DescribeUserPool; behaviour.md 3.1. */
export const describeUserPool = operation('DescribeUserPool', {
  needs: ['pools'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const userCount = await ctx.stores.pools.userCount(pool.id);
    return { UserPool: toUserPoolType(pool, userCount, ctx.world.accountId) };
  },
});
