import { requireNoImport } from '../../imports/require-import.ts';
import { requirePool } from '../../pools/require.ts';
import { poolId, regionOf } from '../../domain/ids.ts';
import {
  poolRequestProblem,
  poolSettingsProblem,
  type PoolSettingsError,
} from '../../domain/pools/pool-checks.ts';
import { poolSettings, withKeptSettings } from '../../domain/pools/pool-settings.ts';
import type { SettingsProblem } from '../../domain/pools/settings-problem.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/**
 * Replaces a pool's settings: what the request leaves out goes back to its default, but for both policies and multi-factor
 * authentication; the name, the schema, the sign-in names and the issuer stay. Source: API model, UpdateUserPool;
 * settings.md 3.
 */
export const updateUserPool = operation('UpdateUserPool', {
  needs: ['pools', 'configurations', 'imports'],
  async run(ctx, input) {
    const region = regionOf(poolId(input.UserPoolId));
    const refused = poolRequestProblem({ given: input, region });
    if (refused !== undefined) ctx.fail(refused.code, refused.message);
    const { id } = await requirePool(ctx, input.UserPoolId);
    const factors = (await ctx.stores.configurations.get({ poolId: id, kind: 'mfa' }))?.value;
    let problem: SettingsProblem<PoolSettingsError> | undefined;
    const changed = await ctx.atomically(async (tx) => {
      const pool = await tx.stores.pools.change(id, (current) => {
        const given = withKeptSettings(input, current.settings);
        const tracksSessions = current.sessionsPerUser !== undefined;
        const result = { settings: given, factors, tracksSessions };
        problem = poolSettingsProblem({ ...result, occasion: 'update' });
        if (problem !== undefined) return current;
        return {
          ...current,
          name: input.PoolName ?? current.name,
          settings: poolSettings(given, current.settings, region),
          modifiedAtMs: ctx.nowMs,
        };
      });
      if (pool !== undefined) await requireNoImport(tx, id);
      return pool;
    });
    if (changed === undefined) ctx.fail('ResourceNotFoundException', messages.poolNotFound(id));
    return problem === undefined ? {} : ctx.fail(problem.code, problem.message);
  },
});
