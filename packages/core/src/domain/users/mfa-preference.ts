import { mfaMethods, type MfaMethod } from '../pools/mfa-methods.ts';

/** Which second factors a user has turned on. */
export interface MfaPreference {
  /** In the order of {@link mfaMethods}. */
  readonly enabled: readonly MfaMethod[];
  /** One of them; absent if the user chooses at sign-in. */
  readonly preferred?: MfaMethod;
  /** Whether a passkey is one factor for this user, whatever the pool says. */
  readonly passkeyIsOneFactor?: true;
}

/** Whether a method is turned on. */
export function hasMethod(mfa: MfaPreference | undefined): mfa is MfaPreference {
  return mfa !== undefined && mfa.enabled.length > 0;
}

/** The preference with passkeys counted as the pool says, or as one factor; `undefined` if it says nothing then. */
export function withPasskeyAs(
  mfa: MfaPreference | undefined,
  counts: 'pool-says' | 'one-factor',
): MfaPreference | undefined {
  const { enabled = [], preferred } = mfa ?? {};
  const isOne = counts === 'one-factor';
  if (enabled.length === 0 && !isOne) return undefined;
  return { enabled, ...(preferred && { preferred }), ...(isOne && { passkeyIsOneFactor: true }) };
}

/** The preference with a method turned on. */
export function withMethod(mfa: MfaPreference | undefined, method: MfaMethod): MfaPreference {
  const { enabled = [], ...rest } = mfa ?? {};
  return { ...rest, enabled: mfaMethods.filter((one) => one === method || enabled.includes(one)) };
}

/** The preference with a method turned off; `undefined` if it says nothing then. */
export function withoutMethod(
  mfa: MfaPreference | undefined,
  method: MfaMethod,
): MfaPreference | undefined {
  const { enabled = [], preferred, passkeyIsOneFactor } = mfa ?? {};
  const left = enabled.filter((one) => one !== method);
  if (left.length === 0 && !passkeyIsOneFactor) return undefined;
  return {
    enabled: left,
    ...(preferred && preferred !== method && { preferred }),
    ...(passkeyIsOneFactor && { passkeyIsOneFactor }),
  };
}

/** Members that answers about a user have where second factors are turned on. Source: behaviour.md 1.3. */
export function shownPreference({ mfa }: { readonly mfa?: MfaPreference }): {
  readonly UserMFASettingList?: readonly string[];
  readonly PreferredMfaSetting?: string;
} {
  return {
    ...(hasMethod(mfa) && { UserMFASettingList: mfa.enabled }),
    ...(mfa?.preferred !== undefined && { PreferredMfaSetting: mfa.preferred }),
  };
}
