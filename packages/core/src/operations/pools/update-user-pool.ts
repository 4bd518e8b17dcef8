import { requirePool } from '../../directory/pools/require.ts';
import { poolSettingsProblem } from '../../domain/pools/pool-checks.ts';
import { poolSettings } from '../../domain/pools/pool-settings.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/**
 * Replaces a pool's settings: what the request leaves out goes back to its default; the name, the schema, the sign-in names
 * and the issuer stay. Source: API model, UpdateUserPool; behaviour.md 3.1.
 */
export const updateUserPool = operation('UpdateUserPool', {
  needs: ['pools'],
  async run(cx, input) {
    const { id, region } = await requirePool(cx, input.UserPoolId);
    const problem = poolSettingsProblem({ given: input, region });
    if (problem !== undefined) cx.fail(problem.code, problem.message);
    const changed = await cx.stores.pools.change(id, (pool) => ({
      ...pool,
      name: input.PoolName ?? pool.name,
      settings: poolSettings(input, pool.settings, region),
      modifiedAtMs: cx.nowMs,
    }));
    return changed ? {} : cx.fail('ResourceNotFoundException', messages.poolNotFound(id));
  },
});
