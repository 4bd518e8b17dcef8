import type { ChallengeNameType } from '@poolhouse/model';
import type { Challenge } from './challenge.ts';
import { customChallenge } from './custom-challenge.ts';
import { devicePasswordVerifier, deviceSrpAuth } from './device-srp.ts';
import { mfaSetup } from './mfa-setup.ts';
import { newPasswordRequired } from './new-password-required.ts';
import { passwordVerifier } from './password-verifier.ts';
import { password } from './password.ts';
import { passwordSrp } from './password-srp.ts';
import { selectChallenge } from './select-challenge.ts';
import { selectMfaType } from './select-mfa-type.ts';
import { emailOtp, smsMfa, smsOtp } from './sent-code.ts';
import { softwareTokenMfa } from './software-token-mfa.ts';
import { webAuthn } from './web-authn.ts';

/** Every challenge of the API. Those that are due are asked in the order of these rows. */
export type Challenges = Readonly<Record<ChallengeNameType, Challenge | 'not-built'>>;

/** Source: API model, ChallengeNameType. */
export const challenges = {
  PASSWORD: password,
  PASSWORD_SRP: passwordSrp,
  PASSWORD_VERIFIER: passwordVerifier,
  NEW_PASSWORD_REQUIRED: newPasswordRequired,
  // Before the second factors, for which it may stand in.
  DEVICE_SRP_AUTH: deviceSrpAuth,
  DEVICE_PASSWORD_VERIFIER: devicePasswordVerifier,
  SELECT_MFA_TYPE: selectMfaType,
  SMS_MFA: smsMfa,
  SOFTWARE_TOKEN_MFA: softwareTokenMfa,
  MFA_SETUP: mfaSetup,
  SELECT_CHALLENGE: selectChallenge,
  EMAIL_OTP: emailOtp,
  SMS_OTP: smsOtp,
  WEB_AUTHN: webAuthn,
  CUSTOM_CHALLENGE: customChallenge,
  ADMIN_NO_SRP_AUTH: 'not-built',
} as const satisfies Challenges;

/** The first factors of USER_AUTH, in the order in which they are offered. Source: settings.md 8#13. */
export const firstFactors = [
  'PASSWORD_SRP',
  'PASSWORD',
  'EMAIL_OTP',
  'SMS_OTP',
  'WEB_AUTHN',
] as const satisfies readonly ChallengeNameType[];
