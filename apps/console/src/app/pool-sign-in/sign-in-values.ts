import type {
  AuthFactorType,
  GetUserPoolMfaConfigResponse,
  GetUserPoolSessionConfigurationResponse,
  UserPoolMfaType,
  UserPoolType,
} from '@poolhouse/model';

/** All that the server says of how people sign in to a pool. */
export interface SignInState {
  readonly pool: UserPoolType;
  readonly mfa: GetUserPoolMfaConfigResponse;
  readonly sessions: GetUserPoolSessionConfigurationResponse;
}

/** A first factor that a pool may allow beside the password. */
export type FirstFactor = Extract<AuthFactorType, 'WEB_AUTHN' | 'EMAIL_OTP' | 'SMS_OTP'>;

/** In the order of the page: the safest first. */
export const FIRST_FACTORS: readonly FirstFactor[] = ['WEB_AUTHN', 'EMAIL_OTP', 'SMS_OTP'];

/** Whether devices are remembered: never, all of them, or those whose users want it. */
export type Remembering = 'no' | 'always' | 'asks';

/** What is edited of a pool's sign-in; numbers as typed. */
export interface SignInValues {
  /** Beside the password, which is always allowed. */
  readonly first: readonly FirstFactor[];
  readonly mfa: UserPoolMfaType;
  readonly app: boolean;
  readonly sms: boolean;
  readonly email: boolean;
  /** The domain of the passkeys; empty for the server's own. */
  readonly relyingParty: string;
  readonly verifiesUser: boolean;
  /** Whether a passkey is two factors. */
  readonly passkeyIsBoth: boolean;
  readonly remembering: Remembering;
  /** Whether a remembered device stands in for the second factor. */
  readonly deviceIsFactor: boolean;
  readonly tracksSessions: boolean;
  readonly mostSessions: string;
}

/** What a pool has. Where it has never had second factors, the one that we advise is chosen, for whoever turns them on. */
export function valuesOf({ pool, mfa, sessions }: SignInState): SignInValues {
  const allowed = pool.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  const level = mfa.MfaConfiguration ?? 'OFF';
  const passkeys = mfa.WebAuthnConfiguration ?? {};
  const devices = pool.DeviceConfiguration;
  return {
    first: FIRST_FACTORS.filter((factor) => allowed.includes(factor)),
    mfa: level,
    app: level === 'OFF' || mfa.SoftwareTokenMfaConfiguration?.Enabled === true,
    sms: mfa.SmsMfaConfiguration !== undefined,
    email: mfa.EmailMfaConfiguration !== undefined,
    relyingParty: passkeys.RelyingPartyId ?? '',
    verifiesUser: passkeys.UserVerification === 'required',
    passkeyIsBoth: passkeys.FactorConfiguration === 'MULTI_FACTOR_WITH_USER_VERIFICATION',
    remembering:
      devices === undefined
        ? 'no'
        : devices.DeviceOnlyRememberedOnUserPrompt === true
          ? 'asks'
          : 'always',
    deviceIsFactor: devices?.ChallengeRequiredOnNewDevice === true,
    tracksSessions: sessions.UserSessionTracking === 'ENABLED',
    mostSessions: String(sessions.TokenSession?.MaxPerUser ?? 20),
  };
}
