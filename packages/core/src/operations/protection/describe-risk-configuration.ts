import { requireClientOf, requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/**
 * Shows what threat protection does in the pool, or for one app client: nothing can be set yet. The documentation also names
 * UserPoolAddOnNotEnabledException for pools without it; tools that read it on every pool are better served by an answer.
 * Source: API model, DescribeRiskConfiguration; the members of an untouched one are unsure.
 */
export const describeRiskConfiguration = operation('DescribeRiskConfiguration', {
  needs: ['pools', 'clients'],
  async run(ctx, { UserPoolId, ClientId }) {
    const pool = await requirePool(ctx, UserPoolId);
    if (ClientId !== undefined) await requireClientOf(ctx, pool.id, ClientId);
    return { RiskConfiguration: { UserPoolId, ...(ClientId !== undefined && { ClientId }) } };
  },
});
