import type { CallSignedIn } from './call-signed-in';
import { factorNamed, type SecondFactor } from './second-factors';

/** The second factors of the person who is signed in. */
export interface OwnFactors {
  /** Those that are turned on. */
  readonly on: readonly SecondFactor[];
  /** The one that is asked for without a choice. */
  readonly preferred?: SecondFactor;
  /** Where codes go, as far as the account has addresses. */
  readonly addresses: { readonly email?: string; readonly sms?: string };
}

/** What becomes of a factor: off, one of those to choose from, or the one that is asked for without a choice. */
export type FactorState = 'off' | 'on' | 'preferred';

const SETTINGS = {
  authenticator: 'SoftwareTokenMfaSettings',
  sms: 'SMSMfaSettings',
  email: 'EmailMfaSettings',
} as const satisfies Readonly<Record<SecondFactor, string>>;

/** Reads the factors. Source: API model, GetUser. */
export async function readFactors(call: CallSignedIn): Promise<OwnFactors> {
  const user = await call('GetUser', {});
  const valueOf = (name: string) => user.UserAttributes?.find(({ Name }) => Name === name)?.Value;
  const [email, sms] = [valueOf('email'), valueOf('phone_number')];
  const preferred = factorNamed(user.PreferredMfaSetting);
  return {
    on: (user.UserMFASettingList ?? []).flatMap((name) => factorNamed(name) ?? []),
    ...(preferred && { preferred }),
    addresses: { ...(email && { email }), ...(sms && { sms }) },
  };
}

/** Changes one factor, and reads them all. Source: API model, SetUserMFAPreference, which leaves alone what it does not name. */
export async function setFactor(
  call: CallSignedIn,
  factor: SecondFactor,
  state: FactorState,
): Promise<OwnFactors> {
  await call('SetUserMFAPreference', {
    [SETTINGS[factor]]: { Enabled: state !== 'off', PreferredMfa: state === 'preferred' },
  });
  return readFactors(call);
}
