import type { ChallengeNameType } from '@poolhouse/model';
import { acrLevels, acrValue, type AcrLevel } from '../pools/acr-levels.ts';
import type { Pool } from '../pools/pool.ts';
import type { Claims } from './claims-override.ts';
import type { Proof, Session } from './session.ts';

/** How a person was recognised, in the words of the `amr` claim. Source: managed-login.md 1.3; RFC 8176, which has most of them. */
type Method = 'pwd' | 'otp' | 'sms' | 'email_otp' | 'swk' | 'hwk' | 'fed';

/**
 * What a proof shows. For remembered devices and for challenges of the pool's own the service names nothing. A passkey is on the device itself
 * unless its proof says otherwise.
 */
const methodOf: Readonly<Record<ChallengeNameType, Method | undefined>> = {
  PASSWORD: 'pwd',
  PASSWORD_VERIFIER: 'pwd',
  ADMIN_NO_SRP_AUTH: 'pwd',
  SOFTWARE_TOKEN_MFA: 'otp',
  SMS_MFA: 'sms',
  SMS_OTP: 'sms',
  EMAIL_OTP: 'email_otp',
  WEB_AUTHN: 'swk',
  DEVICE_PASSWORD_VERIFIER: undefined,
  CUSTOM_CHALLENGE: undefined,
  PASSWORD_SRP: undefined,
  DEVICE_SRP_AUTH: undefined,
  NEW_PASSWORD_REQUIRED: undefined,
  MFA_SETUP: undefined,
  SELECT_MFA_TYPE: undefined,
  SELECT_CHALLENGE: undefined,
};

/**
 * The claims that say how well a sign-in recognised the person: `acr` and `amr`, in both tokens, for as long as its session lasts. A pool
 * below Essentials has neither: the service has these levels from there on [unsure]. Nor has a session of an older build, about which
 * nothing is known. Source: managed-login.md 1.3.
 */
export function assuranceClaims(
  { settings }: Pick<Pool, 'settings'>,
  { proofs, identityProvider }: Pick<Session, 'proofs' | 'identityProvider'>,
): Claims {
  if (settings.UserPoolTier === 'LITE' || proofs === undefined) return {};
  const methods = new Set(proofs.flatMap((proof) => methodBy(proof) ?? []));
  if (identityProvider !== undefined) methods.add('fed');
  const amr = [...methods, ...(methods.size > 1 ? ['mfa'] : [])];
  return { acr: acrValue(settings, levelOf(methods)), ...(amr.length > 0 && { amr }) };
}

/** Whether these proofs alone reach a level. */
export function reachesLevel(
  proofs: readonly Pick<Proof, 'challenge' | 'isRoaming'>[],
  level: AcrLevel,
): boolean {
  const reached = levelOf(new Set(proofs.flatMap((proof) => methodBy(proof) ?? [])));
  return acrLevels.indexOf(reached) >= acrLevels.indexOf(level);
}

function methodBy({
  challenge,
  isRoaming,
}: Pick<Proof, 'challenge' | 'isRoaming'>): Method | undefined {
  const method = methodOf[challenge];
  return method === 'swk' && isRoaming ? 'hwk' : method;
}

/** The highest level that the methods reach together; anything else that lets people in is the lowest. */
function levelOf(methods: ReadonlySet<Method>): AcrLevel {
  const hasCode = methods.has('sms') || methods.has('email_otp');
  if (methods.has('pwd') && methods.has('otp')) return 'Level4';
  const hasPasskey = methods.has('swk') || methods.has('hwk');
  if (hasPasskey || (methods.has('pwd') && hasCode)) return 'Level3';
  return hasCode ? 'Level2' : 'Level1';
}
