import type { OutputOf } from '@poolhouse/model';
import { poolMethods } from '../../domain/pools/mfa-methods.ts';
import type { ConfigurationValues } from '../../domain/pools/pool-configuration.ts';
import type { Pool } from '../../domain/pools/pool.ts';

/** The second factors of a pool as both operations answer them: members only for what is configured. Source: settings.md 3. */
export function shownMfaConfig(
  pool: Pool,
  factors: ConfigurationValues['mfa'] | undefined,
): OutputOf<'GetUserPoolMfaConfig'> {
  const { MfaConfiguration = 'OFF', SmsConfiguration, SmsAuthenticationMessage } = pool.settings;
  const { SmsMfaConfiguration: _, ...rest } = factors ?? {};
  const sendsTexts = poolMethods(pool, factors).includes('SMS_MFA');
  return {
    ...(sendsTexts && { SmsMfaConfiguration: { SmsAuthenticationMessage, SmsConfiguration } }),
    ...rest,
    MfaConfiguration,
  };
}
