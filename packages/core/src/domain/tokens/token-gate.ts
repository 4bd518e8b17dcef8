import type { ChallengeNameType } from '@poolhouse/model';
import type { Pool } from '../pools/pool.ts';
import { requiresMfa } from '../pools/unbuilt-settings.ts';
import type { User } from '../users/user.ts';
import type { Proof } from './session.ts';

/** Why a user may have no tokens. */
export type TokenRefusal =
  'disabled' | 'unconfirmed' | 'reset-required' | 'must-change-password' | 'external';

/**
 * Whether the user's state permits tokens at all, whatever was proved. Every token path checks this at the moment when the token is made
 * (security.md, opening; behaviour.md 5.1).
 */
export function tokenRefusal(user: Pick<User, 'enabled' | 'status'>): TokenRefusal | undefined {
  if (!user.enabled) return 'disabled';
  switch (user.status) {
    case 'UNCONFIRMED':
      return 'unconfirmed';
    case 'RESET_REQUIRED':
      return 'reset-required';
    case 'FORCE_CHANGE_PASSWORD':
      return 'must-change-password';
    case 'EXTERNAL_PROVIDER':
      // Only a provider signs them in, which is not built: until it is, nothing does.
      return 'external';
    case 'CONFIRMED':
      return undefined;
  }
}

/** Something that a user knows or has. */
type Factor = 'password' | 'phone' | 'email' | 'software-token' | 'passkey' | 'device' | 'custom';

/**
 * What a right answer to a challenge proves. Challenges that ask for the same thing in two ways are one factor; those that prove nothing by
 * themselves have none. Source: API model, ChallengeNameType.
 */
const factorOf: Readonly<Record<ChallengeNameType, Factor | undefined>> = {
  PASSWORD: 'password',
  PASSWORD_VERIFIER: 'password',
  ADMIN_NO_SRP_AUTH: 'password',
  SMS_MFA: 'phone',
  SMS_OTP: 'phone',
  EMAIL_OTP: 'email',
  SOFTWARE_TOKEN_MFA: 'software-token',
  WEB_AUTHN: 'passkey',
  DEVICE_PASSWORD_VERIFIER: 'device',
  CUSTOM_CHALLENGE: 'custom',
  // These only begin an exchange, which the verifier finishes.
  PASSWORD_SRP: undefined,
  DEVICE_SRP_AUTH: undefined,
  NEW_PASSWORD_REQUIRED: undefined,
  MFA_SETUP: undefined,
  SELECT_MFA_TYPE: undefined,
  SELECT_CHALLENGE: undefined,
};

/** Whether right answers to the two challenges prove the same factor. */
export function provesSameFactor(one: ChallengeNameType, other: ChallengeNameType): boolean {
  return factorOf[one] !== undefined && factorOf[one] === factorOf[other];
}

/** Whether a proof counts as a factor. A device that only says which one it is does not: it does where it stands in for a factor. */
export function isFactorProof({ challenge, standsIn }: Pick<Proof, 'challenge' | 'standsIn'>) {
  const factor = factorOf[challenge];
  return factor !== undefined && (factor !== 'device' || standsIn === true);
}

/** The first factor, whichever challenge asked for it, as long as it is the only one. */
export function onlyFactor<One extends Pick<Proof, 'challenge' | 'isTwoFactors' | 'standsIn'>>(
  proofs: readonly One[],
): One | undefined {
  const [first, ...more] = proofs.filter(isFactorProof);
  return more.length > 0 || first?.isTwoFactors ? undefined : first;
}

/**
 * Whether the pool requires another factor besides those that were proved: two if it requires MFA, otherwise one, so that what proves
 * nothing, such as a choice, never leads to tokens by itself. A factor that is proved twice counts once, and a proof of two factors is enough by
 * itself. `proofs` are a sign-in's or a session's, so a session with one factor ends once the pool requires two (security.md R05), and one that
 * began with two goes on, whatever the pool says of passkeys since. Nothing is known about a
 * session that an older build started: it was checked when it was made, is as good as before, and ends with its refresh token.
 */
export function lacksFactor(
  pool: Pick<Pool, 'settings'>,
  proofs: readonly Pick<Proof, 'challenge' | 'isTwoFactors' | 'standsIn'>[] | undefined,
): boolean {
  if (proofs === undefined || proofs.some(({ isTwoFactors }) => isTwoFactors)) return false;
  const factors = new Set(proofs.filter(isFactorProof).map(({ challenge }) => factorOf[challenge]));
  return factors.size < (requiresMfa(pool) ? 2 : 1);
}
