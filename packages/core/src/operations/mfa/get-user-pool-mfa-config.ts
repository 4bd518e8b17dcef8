import { requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/**
 * Shows which second factors the pool asks for: whether any and text messages as UpdateUserPool sets them too, the others as they
 * are configured. Source: API model, GetUserPoolMfaConfig; settings.md 3 (members only for what is configured).
 */
export const getUserPoolMfaConfig = operation('GetUserPoolMfaConfig', {
  needs: ['pools', 'configurations'],
  async run(ctx, { UserPoolId }) {
    const { id, settings } = await requirePool(ctx, UserPoolId);
    const { MfaConfiguration = 'OFF', SmsConfiguration, SmsAuthenticationMessage } = settings;
    const factors = await ctx.stores.configurations.get({ poolId: id, kind: 'mfa' });
    const sendsTexts = MfaConfiguration !== 'OFF' && SmsConfiguration !== undefined;
    return {
      ...(sendsTexts && { SmsMfaConfiguration: { SmsAuthenticationMessage, SmsConfiguration } }),
      ...factors?.value,
      MfaConfiguration,
    };
  },
});
