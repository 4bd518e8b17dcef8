import type { ConfigurationValues } from '../pools/pool-configuration.ts';
import type { Pool } from '../pools/pool.ts';
import type { Proof } from '../tokens/session.ts';
import { provesSameFactor } from '../tokens/token-gate.ts';
import type { User } from '../users/user.ts';

/** Challenges that ask for a second factor after a first one, in the order in which the API lists them. Source: settings.md 3#15. */
export const mfaMethods = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] as const;

/** A way to prove a second factor. */
export type MfaMethod = (typeof mfaMethods)[number];

/** Which second factors a user has turned on. */
export interface MfaPreference {
  /** In the order of {@link mfaMethods}. */
  readonly enabled: readonly MfaMethod[];
  /** One of them; absent if the user chooses at sign-in. */
  readonly preferred?: MfaMethod;
}

interface PoolSettings {
  readonly settings: Pick<Pool['settings'], 'MfaConfiguration' | 'SmsConfiguration'>;
}
type MfaConfiguration = ConfigurationValues['mfa'] | undefined;
/** What of a user decides about second factors. */
export type MfaUser = Pick<User, 'mfa' | 'attributes' | 'sealedSoftwareToken'>;

/**
 * The methods of a pool. One that SetUserPoolMfaConfig has not configured has text messages alone, as CreateUserPool sets them up. Source:
 * settings.md 3.
 */
export function poolMethods(
  { settings }: PoolSettings,
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

/** Whether the user could answer the challenge: has the authenticator application, or an address to send a code to. */
export function canAnswer(user: MfaUser, method: MfaMethod): boolean {
  switch (method) {
    case 'SMS_MFA':
      return Boolean(user.attributes['phone_number']);
    case 'SOFTWARE_TOKEN_MFA':
      return user.sealedSoftwareToken !== undefined;
    case 'EMAIL_OTP':
      return Boolean(user.attributes['email']);
  }
}

/** What the second factor of a sign-in depends on. */
export interface MfaFacts {
  readonly pool: PoolSettings;
  readonly user: MfaUser;
  readonly proofs: readonly Pick<Proof, 'challenge'>[];
}

/**
 * Whether the pool's configuration has to be known to say which methods are due. Where MFA is off, or is optional and the user has turned
 * none on, there are none.
 */
export function asksForMethod({
  pool: { settings },
  user,
}: Pick<MfaFacts, 'pool' | 'user'>): boolean {
  const { MfaConfiguration = 'OFF' } = settings;
  return MfaConfiguration === 'ON' || (MfaConfiguration === 'OPTIONAL' && user.mfa !== undefined);
}

/**
 * The methods of which one is still to be answered: the user's preferred one, else all that are turned on. Where MFA is required and none
 * is, all that the user could answer. Source: settings.md 7#4 to 7#8.
 */
export function dueMethods(
  { pool, user, proofs }: MfaFacts,
  configuration: MfaConfiguration,
): readonly MfaMethod[] {
  // The first proof is the first factor, whichever challenge asked for it.
  if (proofs.length !== 1 || !asksForMethod({ pool, user })) return [];
  const [first] = proofs;
  const possible = poolMethods(pool, configuration).filter(
    (method) => canAnswer(user, method) && !(first && provesSameFactor(method, first.challenge)),
  );
  const { enabled = [], preferred } = user.mfa ?? {};
  const on = possible.filter((method) => enabled.includes(method));
  if (preferred !== undefined && on.includes(preferred)) return [preferred];
  if (on.length > 0) return on;
  return pool.settings.MfaConfiguration === 'ON' ? possible : [];
}

/**
 * The methods of which the user has to set up one before there can be tokens, where MFA is required and the user could answer none. A
 * phone number is an attribute, which an app sets by other means; then the user signs in anew. Source: settings.md 7#5 to 7#7.
 */
export function methodsToSetUp(
  facts: MfaFacts,
  configuration: MfaConfiguration,
): readonly MfaMethod[] {
  const { pool, user, proofs } = facts;
  if (pool.settings.MfaConfiguration !== 'ON' || proofs.length !== 1) return [];
  const methods = poolMethods(pool, configuration);
  if (methods.some((method) => canAnswer(user, method))) return [];
  return methods;
}

/** The preference with a method turned on. */
export function withMethod(mfa: MfaPreference | undefined, method: MfaMethod): MfaPreference {
  const { enabled = [], ...rest } = mfa ?? {};
  return { ...rest, enabled: mfaMethods.filter((one) => one === method || enabled.includes(one)) };
}

/** The preference with a method turned off; `undefined` if none is left on. */
export function withoutMethod(
  mfa: MfaPreference | undefined,
  method: MfaMethod,
): MfaPreference | undefined {
  const { enabled = [], preferred } = mfa ?? {};
  const left = enabled.filter((one) => one !== method);
  if (left.length === 0) return undefined;
  return { enabled: left, ...(preferred && preferred !== method && { preferred }) };
}

/** Members that answers about a user have where second factors are turned on. Source: behaviour.md 1.3. */
export function shownPreference({ mfa }: Pick<User, 'mfa'>): {
  readonly UserMFASettingList?: readonly string[];
  readonly PreferredMfaSetting?: string;
} {
  return {
    ...(mfa && { UserMFASettingList: mfa.enabled }),
    ...(mfa?.preferred !== undefined && { PreferredMfaSetting: mfa.preferred }),
  };
}

/**
 * The addresses that are the user's second factor: none of them may recover the account, or one telephone would be both factors. Source:
 * behaviour.md 5.7; settings.md 2.2.
 */
export function factorAddresses(
  pool: PoolSettings,
  user: MfaUser,
  configuration: MfaConfiguration,
): ReadonlySet<'phone_number' | 'email'> {
  const proofs = [{ challenge: 'PASSWORD' }] as const;
  const due = dueMethods({ pool, user, proofs }, configuration);
  const addresses = new Set<'phone_number' | 'email'>();
  if (due.includes('SMS_MFA')) addresses.add('phone_number');
  if (due.includes('EMAIL_OTP')) addresses.add('email');
  return addresses;
}
