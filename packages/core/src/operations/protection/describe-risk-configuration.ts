import { requireClientOf, requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/**
 * Shows what threat protection does in the pool, or for one app client. The documentation also names
 * UserPoolAddOnNotEnabledException for pools without it; tools that read it on every pool are better served by an answer.
 * Source: API model, DescribeRiskConfiguration; the members of an untouched one are unsure.
 */
export const describeRiskConfiguration = operation('DescribeRiskConfiguration', {
  needs: ['pools', 'clients', 'configurations'],
  async run(ctx, { UserPoolId, ClientId }) {
    const { id: poolId } = await requirePool(ctx, UserPoolId);
    const client =
      ClientId === undefined ? undefined : await requireClientOf(ctx, poolId, ClientId);
    const place = { poolId, kind: 'risk', clientId: client?.id } as const;
    const risk = await ctx.stores.configurations.get(place);
    return {
      RiskConfiguration: {
        UserPoolId,
        ...(ClientId !== undefined && { ClientId }),
        ...risk?.value,
        ...(risk && { LastModifiedDate: risk.modifiedAtMs }),
      },
    };
  },
});
