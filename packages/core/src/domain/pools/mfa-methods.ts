import type { ConfigurationValues } from './pool-configuration.ts';
import type { Pool } from './pool.ts';

/** Challenges that ask for a second factor after a first one, in the order in which the API lists them. Source: settings.md 3#15. */
export const mfaMethods = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] as const;

/** A way to prove a second factor. */
export type MfaMethod = (typeof mfaMethods)[number];

/** What of a pool's settings decides about second factors. */
export interface MfaPool {
  readonly settings: Pick<Pool['settings'], 'MfaConfiguration' | 'SmsConfiguration'>;
}

/** What SetUserPoolMfaConfig has set, if anything. */
export type MfaConfiguration = ConfigurationValues['mfa'] | undefined;

/**
 * The methods of a pool. One that SetUserPoolMfaConfig has not configured has text messages alone, as CreateUserPool sets them up. Source:
 * settings.md 3.
 */
export function poolMethods(
  { settings }: MfaPool,
  configuration: MfaConfiguration,
): readonly MfaMethod[] {
  if ((settings.MfaConfiguration ?? 'OFF') === 'OFF') return [];
  const offered: Readonly<Record<MfaMethod, boolean>> = {
    SMS_MFA:
      settings.SmsConfiguration !== undefined &&
      (configuration === undefined || configuration.SmsMfaConfiguration !== undefined),
    SOFTWARE_TOKEN_MFA: configuration?.SoftwareTokenMfaConfiguration?.Enabled === true,
    EMAIL_OTP: configuration?.EmailMfaConfiguration !== undefined,
  };
  return mfaMethods.filter((method) => offered[method]);
}
