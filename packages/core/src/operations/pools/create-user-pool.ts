import { createPool } from '../../pools/create-pool.ts';
import { toUserPoolType } from '../../domain/pools/pool-shapes.ts';
import { operation } from '../../operation.ts';

/** Makes a pool in the caller's region, with its keys. Source: API model, CreateUserPool; behaviour.md 3. */
export const createUserPool = operation('CreateUserPool', {
  needs: ['pools', 'nameReview', 'dataKeys', 'signingKeys'],
  async run(ctx, input) {
    const pool = await createPool(ctx, input);
    return { UserPool: toUserPoolType(pool, 0, ctx.world.accountId) };
  },
});
