import type { ChallengeNameType } from '@poolhouse/model';
import type { Challenge } from './challenge.ts';
import { mfaSetup } from './mfa-setup.ts';
import { newPasswordRequired } from './new-password-required.ts';
import { passwordVerifier } from './password-verifier.ts';
import { password } from './password.ts';
import { selectMfaType } from './select-mfa-type.ts';
import { emailOtp, smsMfa } from './sent-code.ts';
import { softwareTokenMfa } from './software-token-mfa.ts';
import { webAuthn } from './web-authn.ts';

/** Every challenge of the API. Those that are due are asked in the order of these rows. */
export type Challenges = Readonly<Record<ChallengeNameType, Challenge | 'not-built'>>;

/** Source: API model, ChallengeNameType. */
export const challenges = {
  PASSWORD: password,
  PASSWORD_SRP: 'not-built',
  PASSWORD_VERIFIER: passwordVerifier,
  NEW_PASSWORD_REQUIRED: newPasswordRequired,
  SELECT_MFA_TYPE: selectMfaType,
  SMS_MFA: smsMfa,
  SOFTWARE_TOKEN_MFA: softwareTokenMfa,
  MFA_SETUP: mfaSetup,
  SELECT_CHALLENGE: 'not-built',
  EMAIL_OTP: emailOtp,
  SMS_OTP: 'not-built',
  WEB_AUTHN: webAuthn,
  CUSTOM_CHALLENGE: 'not-built',
  DEVICE_SRP_AUTH: 'not-built',
  DEVICE_PASSWORD_VERIFIER: 'not-built',
  ADMIN_NO_SRP_AUTH: 'not-built',
} as const satisfies Challenges;
