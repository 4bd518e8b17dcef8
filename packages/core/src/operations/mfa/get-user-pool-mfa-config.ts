import { requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/**
 * Shows which second factors the pool asks for. Factors beside text messages are not built, and nothing is said of them.
 * Source: API model, GetUserPoolMfaConfig; settings.md 3 (members only for what is configured).
 */
export const getUserPoolMfaConfig = operation('GetUserPoolMfaConfig', {
  needs: ['pools'],
  async run(ctx, { UserPoolId }) {
    const { settings } = await requirePool(ctx, UserPoolId);
    const { MfaConfiguration = 'OFF', SmsConfiguration, SmsAuthenticationMessage } = settings;
    if (MfaConfiguration === 'OFF' || SmsConfiguration === undefined) return { MfaConfiguration };
    return {
      MfaConfiguration,
      SmsMfaConfiguration: { SmsAuthenticationMessage, SmsConfiguration },
    };
  },
});
