import { requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/** Shows which of the pool's events go into logs. Source: API model, GetLogDeliveryConfiguration; behaviour.md 3.4. */
export const getLogDeliveryConfiguration = operation('GetLogDeliveryConfiguration', {
  needs: ['pools', 'configurations'],
  async run(ctx, { UserPoolId }) {
    const { id } = await requirePool(ctx, UserPoolId);
    const logs = await ctx.stores.configurations.get({ poolId: id, kind: 'log-delivery' });
    const { LogConfigurations } = logs?.value ?? { LogConfigurations: [] };
    return { LogDeliveryConfiguration: { UserPoolId, LogConfigurations } };
  },
});
