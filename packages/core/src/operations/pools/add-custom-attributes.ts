import { requireNoImport } from '../../imports/require-import.ts';
import { requireOwnRegion } from '../../pools/require.ts';
import { withCustomAttributes, type SchemaResult } from '../../domain/pools/pool-schema.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Adds custom attributes to a pool's schema; they can never be removed. Source: behaviour.md 3.3. */
export const addCustomAttributes = operation('AddCustomAttributes', {
  needs: ['pools', 'imports'],
  async run(ctx, input) {
    const id = requireOwnRegion(ctx, input.UserPoolId);
    const result = await ctx.atomically(async (tx) => {
      let found: SchemaResult | undefined;
      await tx.stores.pools.change(id, (pool) => {
        found = withCustomAttributes(pool.settings.SchemaAttributes, input.CustomAttributes);
        if (!found.ok) return pool;
        const settings = { ...pool.settings, SchemaAttributes: found.attributes };
        return { ...pool, settings, modifiedAtMs: ctx.nowMs };
      });
      await requireNoImport(tx, id);
      return found;
    });
    if (result === undefined) {
      return ctx.fail('ResourceNotFoundException', messages.poolNotFound(input.UserPoolId));
    }
    return result.ok ? {} : ctx.fail(result.problem.code, result.problem.message);
  },
});
