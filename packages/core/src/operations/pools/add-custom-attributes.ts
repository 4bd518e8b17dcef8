import { requireOwnRegion } from '../../pools/require.ts';
import { withCustomAttributes, type SchemaResult } from '../../domain/pools/pool-schema.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Adds custom attributes to a pool's schema; they can never be removed. Source: behaviour.md 3.3. */
export const addCustomAttributes = operation('AddCustomAttributes', {
  needs: ['pools'],
  async run(ctx, input) {
    let result: SchemaResult | undefined;
    await ctx.stores.pools.change(requireOwnRegion(ctx, input.UserPoolId), (pool) => {
      result = withCustomAttributes(pool.settings.SchemaAttributes, input.CustomAttributes);
      if (!result.ok) return pool;
      const settings = { ...pool.settings, SchemaAttributes: result.attributes };
      return { ...pool, settings, modifiedAtMs: ctx.nowMs };
    });
    if (result === undefined) {
      return ctx.fail('ResourceNotFoundException', messages.poolNotFound(input.UserPoolId));
    }
    return result.ok ? {} : ctx.fail(result.problem.code, result.problem.message);
  },
});
