import type { ConfigurationValues } from '../pools/pool-configuration.ts';
import type { Pool } from '../pools/pool.ts';
import { relyingPartyIdOf } from './relying-party.ts';

/** How a pool uses passkeys. */
export interface PasskeySettings {
  /** Whether anybody may have one. */
  readonly isEnabled: boolean;
  /** Absent if there is no domain to have one for. */
  readonly relyingPartyId: string | undefined;
  /** Whether one with which the user was verified, by a finger or a PIN, is two factors. */
  readonly isTwoFactors: boolean;
  readonly userVerification: 'required' | 'preferred';
}

/**
 * Reads them from the pool and its configuration of factors. Where a passkey is two factors, its user has to be verified. Source: API model,
 * WebAuthnConfigurationType and WebAuthnFactorConfigurationType; settings.md 9#7, 9#8.
 */
export function passkeySettings(
  pool: Pick<Pool, 'settings'>,
  configuration: ConfigurationValues['mfa'] | undefined,
  publicUrl: string,
): PasskeySettings {
  const { RelyingPartyId, UserVerification, FactorConfiguration } =
    configuration?.WebAuthnConfiguration ?? {};
  const first = pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  const isTwoFactors = FactorConfiguration === 'MULTI_FACTOR_WITH_USER_VERIFICATION';
  const mustVerify = UserVerification === 'required' || isTwoFactors;
  return {
    isEnabled: isTwoFactors || first.includes('WEB_AUTHN'),
    relyingPartyId: relyingPartyIdOf(RelyingPartyId, publicUrl),
    isTwoFactors,
    userVerification: mustVerify ? 'required' : 'preferred',
  };
}
