import type { UserPoolType } from '@poolhouse/model';
import type { Range } from '@poolhouse/rules';
import { isTypedInRange } from '../shared/checks/whole-number.ts';
import type { SignInValues } from './sign-in-values.ts';

/** Why a pool's sign-in cannot be saved; the texts are the page's. */
export type SignInProblem =
  | 'no-factor'
  | 'sms-first'
  | 'sms-second'
  | 'codes-beside-mfa'
  | 'passkey-beside-mfa'
  | 'recovery-email'
  | 'recovery-sms'
  | 'domain'
  | 'most-sessions';

/** Problems by the part of the page where they are said. */
export type SignInProblems = Readonly<
  Partial<Record<'first' | 'second' | 'recovery' | 'relyingParty' | 'mostSessions', SignInProblem>>
>;

/** How many sessions one person may have. Source: API model, SetUserPoolSessionConfiguration. */
const SESSIONS: Range = [1, 100];

/** A host name of several labels, or this computer's. Source: WebAuthn Level 3, section 5.1.3; API model, RelyingPartyIdType. */
const DOMAIN =
  /^(?=.{1,127}$)(localhost|([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?)$/i;

/** What the server would refuse, or what would let nobody in. Source: settings.md 2.2, 3. */
export function problemsOf(values: SignInValues, pool: UserPoolType): SignInProblems {
  const { first, mfa, app, sms, email, relyingParty, tracksSessions, mostSessions } = values;
  const found: { -readonly [Part in keyof SignInProblems]: SignInProblems[Part] } = {};
  const sendsSms = pool.SmsConfiguration !== undefined;
  const isOn = mfa !== 'OFF';
  if (mfa === 'ON' && first.some((factor) => factor !== 'WEB_AUTHN')) {
    found.first = 'codes-beside-mfa';
  } else if (mfa === 'ON' && first.includes('WEB_AUTHN') && !values.passkeyIsBoth) {
    found.first = 'passkey-beside-mfa';
  } else if (first.includes('SMS_OTP') && !sendsSms) {
    found.first = 'sms-first';
  }
  if (isOn && !app && !sms && !email) found.second = 'no-factor';
  else if (isOn && sms && !sendsSms) found.second = 'sms-second';
  const ways = pool.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  const only = ways.length === 1 ? ways[0]?.Name : undefined;
  if (isOn && email && only === 'verified_email') found.recovery = 'recovery-email';
  else if (isOn && sms && only === 'verified_phone_number') found.recovery = 'recovery-sms';
  if (relyingParty !== '' && !DOMAIN.test(relyingParty)) found.relyingParty = 'domain';
  if (tracksSessions && !isTypedInRange(mostSessions, SESSIONS)) {
    found.mostSessions = 'most-sessions';
  }
  return found;
}
