import type { Destination } from './destination';
import { objectIn } from './object-in';

/** A second factor: the code of an authenticator application, of a text message, or of a mail. */
export type SecondFactor = 'authenticator' | 'sms' | 'email';

/** What the API calls them. Source: API model, ChallengeNameType. */
export const FACTOR_NAMES = {
  authenticator: 'SOFTWARE_TOKEN_MFA',
  sms: 'SMS_MFA',
  email: 'EMAIL_OTP',
} as const satisfies Readonly<Record<SecondFactor, string>>;

/** What a sign-in asks for beyond the password. */
export type SecondFactorChallenge =
  | {
      readonly kind: 'code';
      readonly username: string;
      readonly factor: SecondFactor;
      /** The code stands in place of the password, which the person chose; it may have eight digits. */
      readonly isFirst?: boolean;
      /** Where the code was sent. */
      readonly destination?: Destination;
      /** What the person called the device with the authenticator application. */
      readonly deviceName?: string;
    }
  | {
      readonly kind: 'choose-factor';
      readonly username: string;
      readonly factors: readonly SecondFactor[];
    }
  | {
      readonly kind: 'set-up-factor';
      readonly username: string;
      /** What the pool takes. `sms` cannot be set up here: it needs a phone number, which the account gets in another way. */
      readonly factors: readonly SecondFactor[];
    };

/** A code by text message in place of the password, which has a name of its own. */
const SMS_FIRST = 'SMS_OTP';

/** What the API calls the question for a code. */
export function codeName({
  factor,
  isFirst,
}: Extract<SecondFactorChallenge, { kind: 'code' }>): string {
  return isFirst === true && factor === 'sms' ? SMS_FIRST : FACTOR_NAMES[factor];
}

type Parameters = Readonly<Record<string, string>>;

/** The factor with this name in the API. */
export function factorNamed(name: string | undefined): SecondFactor | undefined {
  return (Object.keys(FACTOR_NAMES) as SecondFactor[]).find(
    (factor) => FACTOR_NAMES[factor] === name,
  );
}

/**
 * Reads a challenge of second factors, or a code in place of the password; undefined for others. After a choice the pool does not repeat the name, which is then the one before.
 * Source: API model, RespondToAuthChallenge and AuthenticationResultType's ChallengeParameters.
 */
export function codeChallenge(
  name: string | undefined,
  parameters: Parameters = {},
  before: { readonly username: string; readonly isFirst: boolean },
): SecondFactorChallenge | undefined {
  const username = parameters['USER_ID_FOR_SRP'] ?? before.username;
  if (name === 'SELECT_MFA_TYPE') {
    return { kind: 'choose-factor', username, factors: factorsIn(parameters['MFAS_CAN_CHOOSE']) };
  }
  if (name === 'MFA_SETUP') {
    return { kind: 'set-up-factor', username, factors: factorsIn(parameters['MFAS_CAN_SETUP']) };
  }
  const isFirst = before.isFirst && (name === 'EMAIL_OTP' || name === SMS_FIRST);
  const factor = name === SMS_FIRST ? 'sms' : factorNamed(name);
  if (factor === undefined) return undefined;
  const { CODE_DELIVERY_DESTINATION: address, FRIENDLY_DEVICE_NAME: deviceName } = parameters;
  return {
    ...{ kind: 'code', username, factor, ...(isFirst && { isFirst }) },
    ...(factor !== 'authenticator' && address && { destination: { medium: factor, address } }),
    ...(deviceName && { deviceName }),
  };
}

function factorsIn(json: string | undefined): readonly SecondFactor[] {
  const names = objectIn(json);
  return Array.isArray(names) ? names.flatMap((name: string) => factorNamed(name) ?? []) : [];
}
