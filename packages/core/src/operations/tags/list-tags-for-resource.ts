import { requirePool } from '../../pools/require.ts';
import { requirePoolOfArn } from '../../pools/tagged-pool.ts';
import { operation } from '../../operation.ts';

/** Lists a pool's tags. Source: API model, ListTagsForResource. */
export const listTagsForResource = operation('ListTagsForResource', {
  needs: ['pools'],
  async run(ctx, input) {
    const pool = await requirePool(ctx, requirePoolOfArn(ctx, input.ResourceArn));
    return { Tags: pool.settings.UserPoolTags ?? {} };
  },
});
