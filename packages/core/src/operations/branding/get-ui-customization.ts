import { requireClientOf, requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/** What the API calls the pool's own. */
const ALL = 'ALL';

/**
 * Shows how the classic login pages of an app client look, or of the whole pool (`ALL`), which takes the place of what a client has not.
 * Source: API model, GetUICustomization; managed-login.md 6; behaviour.md 12 (the members of an untouched one are unsure).
 */
export const getUICustomization = operation('GetUICustomization', {
  needs: ['pools', 'clients', 'configurations'],
  async run(ctx, { UserPoolId, ClientId = ALL }) {
    const { id: poolId } = await requirePool(ctx, UserPoolId);
    const { configurations } = ctx.stores;
    const clientId =
      ClientId === ALL ? undefined : (await requireClientOf(ctx, poolId, ClientId)).id;
    const own = await configurations.get({ poolId, kind: 'ui-customization', clientId });
    const shown = own ?? (await configurations.get({ poolId, kind: 'ui-customization' }));
    if (shown === undefined) return { UICustomization: { UserPoolId, ClientId } };
    const { value, modifiedAtMs: LastModifiedDate } = shown;
    return {
      UICustomization: { UserPoolId, ClientId: shown.clientId ?? ALL, ...value, LastModifiedDate },
    };
  },
});
