import { requireClientOf, requirePool } from '../../pools/require.ts';
import { requireThreatProtection } from '../../protection/require.ts';
import { riskProblem } from '../../domain/protection/risk-checks.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/**
 * Replaces what threat protection does in the pool, or for one app client instead; without any of its members, the pool or the client has
 * none of its own any more. Source: API model, SetRiskConfiguration; settings.md 5.3.
 */
export const setRiskConfiguration = operation('SetRiskConfiguration', {
  needs: ['pools', 'clients', 'configurations'],
  async run(ctx, { UserPoolId, ClientId, ...value }) {
    const refused = riskProblem(value);
    if (refused !== undefined) ctx.fail(refused.code, refused.message);
    const pool = await requirePool(ctx, UserPoolId);
    const client =
      ClientId === undefined ? undefined : await requireClientOf(ctx, pool.id, ClientId);
    requireThreatProtection(ctx, pool);
    const place = { poolId: pool.id, kind: 'risk', clientId: client?.id } as const;
    const isEmpty = Object.values(value).every((part) => part === undefined);
    const isThere = await ctx.stores.configurations.change(
      place,
      () => (isEmpty ? undefined : value),
      ctx.nowMs,
    );
    if (!isThere) ctx.fail('ResourceNotFoundException', messages.clientNotFound(ClientId ?? ''));
    return {
      RiskConfiguration: {
        ...{ UserPoolId, ...(ClientId !== undefined && { ClientId }), ...value },
        ...(!isEmpty && { LastModifiedDate: ctx.nowMs }),
      },
    };
  },
});
