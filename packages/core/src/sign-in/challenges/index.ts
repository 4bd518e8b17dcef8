import type { ChallengeNameType } from '@poolhouse/model';
import type { Challenge } from './challenge.ts';
import { newPasswordRequired } from './new-password-required.ts';
import { passwordVerifier } from './password-verifier.ts';
import { password } from './password.ts';

/** Every challenge of the API. Those that are due are asked in the order of these rows. */
export type Challenges = Readonly<Record<ChallengeNameType, Challenge | 'not-built'>>;

/** Source: API model, ChallengeNameType. */
export const challenges = {
  PASSWORD: password,
  PASSWORD_SRP: 'not-built',
  PASSWORD_VERIFIER: passwordVerifier,
  NEW_PASSWORD_REQUIRED: newPasswordRequired,
  SELECT_MFA_TYPE: 'not-built',
  SMS_MFA: 'not-built',
  SOFTWARE_TOKEN_MFA: 'not-built',
  MFA_SETUP: 'not-built',
  SELECT_CHALLENGE: 'not-built',
  EMAIL_OTP: 'not-built',
  SMS_OTP: 'not-built',
  WEB_AUTHN: 'not-built',
  CUSTOM_CHALLENGE: 'not-built',
  DEVICE_SRP_AUTH: 'not-built',
  DEVICE_PASSWORD_VERIFIER: 'not-built',
  ADMIN_NO_SRP_AUTH: 'not-built',
} as const satisfies Challenges;
