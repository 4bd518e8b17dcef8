import { requirePool } from '../../pools/require.ts';
import { logDeliveryProblem } from '../../domain/protection/log-checks.ts';
import { settingsTexts } from '../../domain/settings-texts.ts';
import { operation } from '../../operation.ts';

/**
 * Replaces which of the pool's events go into logs. It is kept and shown; nothing is delivered yet. Source: API model, SetLogDeliveryConfiguration; settings.md 2.7, 5.4.
 */
export const setLogDeliveryConfiguration = operation('SetLogDeliveryConfiguration', {
  needs: ['pools', 'configurations'],
  async run(ctx, { UserPoolId, LogConfigurations }) {
    const { id, region, settings } = await requirePool(ctx, UserPoolId);
    const value = { LogConfigurations };
    const refused = logDeliveryProblem(value, region);
    if (refused !== undefined) ctx.fail(refused.code, refused.message);
    const { UserPoolTier = 'ESSENTIALS' } = settings;
    const exportsEvents = LogConfigurations.some(
      ({ EventSource }) => EventSource === 'userAuthEvents',
    );
    if (exportsEvents && UserPoolTier !== 'PLUS') {
      const text = settingsTexts.featureAboveTier(UserPoolTier, 'Log Streaming');
      ctx.fail('FeatureUnavailableInTierException', text);
    }
    await ctx.stores.configurations.change(
      { poolId: id, kind: 'log-delivery' },
      () => value,
      ctx.nowMs,
    );
    return { LogDeliveryConfiguration: { UserPoolId, ...value } };
  },
});
