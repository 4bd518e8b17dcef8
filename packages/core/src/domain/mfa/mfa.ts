import {
  poolMethods,
  type MfaConfiguration,
  type MfaMethod,
  type MfaPool,
} from '../pools/mfa-methods.ts';
import type { AcrLevel } from '../pools/acr-levels.ts';
import { reachesLevel } from '../tokens/assurance.ts';
import type { Proof } from '../tokens/session.ts';
import { onlyFactor, provesSameFactor } from '../tokens/token-gate.ts';
import { hasMethod } from '../users/mfa-preference.ts';
import type { User } from '../users/user.ts';

/** What of a user decides about second factors. */
export type MfaUser = Pick<User, 'mfa' | 'attributes' | 'sealedSoftwareToken'>;

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
  readonly pool: MfaPool;
  readonly user: MfaUser;
  readonly proofs: readonly Pick<Proof, 'challenge' | 'isTwoFactors' | 'standsIn'>[];
  /** The level that the sign-in has to reach, if its app asked for one. */
  readonly target?: AcrLevel;
}

/** Whether the app asked for a level that is not reached. */
export function lacksLevel({ proofs, target }: Pick<MfaFacts, 'proofs' | 'target'>): boolean {
  return target !== undefined && !reachesLevel(proofs, target);
}

/**
 * Whether the pool's configuration has to be known to say which methods are due. Where MFA is off, or is optional and the user has turned
 * none on, there are none.
 */
export function asksForMethod({
  pool: { settings },
  user,
  target,
}: Pick<MfaFacts, 'pool' | 'user' | 'target'>): boolean {
  const { MfaConfiguration = 'OFF' } = settings;
  const isWanted = hasMethod(user.mfa) || target !== undefined;
  return MfaConfiguration === 'ON' || (MfaConfiguration === 'OPTIONAL' && isWanted);
}

/**
 * The methods of which one is still to be answered: the user's preferred one, else all that are turned on. Where MFA is required and none
 * is, all that the user could answer. Source: settings.md 7#4 to 7#8.
 */
export function dueMethods(
  { pool, user, proofs, target }: MfaFacts,
  configuration: MfaConfiguration,
): readonly MfaMethod[] {
  const first = onlyFactor(proofs);
  if (first === undefined || !asksForMethod({ pool, user, target })) return [];
  const isLow = lacksLevel({ proofs, target });
  const possible = poolMethods(pool, configuration).filter(
    (method) =>
      canAnswer(user, method) &&
      !provesSameFactor(method, first.challenge) &&
      !(isLow && lacksLevel({ proofs: [...proofs, { challenge: method }], target })),
  );
  const { enabled = [], preferred } = user.mfa ?? {};
  const on = possible.filter((method) => enabled.includes(method));
  if (preferred !== undefined && on.includes(preferred)) return [preferred];
  if (on.length > 0) return on;
  if (isLow) return possible;
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
  if (pool.settings.MfaConfiguration !== 'ON' || onlyFactor(proofs) === undefined) return [];
  const methods = poolMethods(pool, configuration);
  if (methods.some((method) => canAnswer(user, method))) return [];
  return methods;
}

/**
 * The addresses that are the user's second factor: none of them may recover the account, or one telephone would be both factors. Source:
 * behaviour.md 5.7; settings.md 2.2.
 */
export function factorAddresses(
  pool: MfaPool,
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
