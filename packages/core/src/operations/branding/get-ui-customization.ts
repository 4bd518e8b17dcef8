import { requireClientOf, requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/**
 * Shows how the classic login pages of an app client look, or of the whole pool (`ALL`): like everybody's, since nothing can be
 * set yet. Source: API model, GetUICustomization; behaviour.md 12 (the members of an untouched one are unsure).
 */
export const getUICustomization = operation('GetUICustomization', {
  needs: ['pools', 'clients'],
  async run(ctx, { UserPoolId, ClientId = 'ALL' }) {
    const pool = await requirePool(ctx, UserPoolId);
    if (ClientId !== 'ALL') await requireClientOf(ctx, pool.id, ClientId);
    return { UICustomization: { UserPoolId, ClientId } };
  },
});
