import { mfaMethods, type MfaMethod } from '../pools/mfa-methods.ts';

/** Which second factors a user has turned on. */
export interface MfaPreference {
  /** In the order of {@link mfaMethods}. */
  readonly enabled: readonly MfaMethod[];
  /** One of them; absent if the user chooses at sign-in. */
  readonly preferred?: MfaMethod;
}

/** The preference with a method turned on. */
export function withMethod(mfa: MfaPreference | undefined, method: MfaMethod): MfaPreference {
  const { enabled = [], ...rest } = mfa ?? {};
  return { ...rest, enabled: mfaMethods.filter((one) => one === method || enabled.includes(one)) };
}

/** The preference with a method turned off; `undefined` if none is left on. */
export function withoutMethod(
  mfa: MfaPreference | undefined,
  method: MfaMethod,
): MfaPreference | undefined {
  const { enabled = [], preferred } = mfa ?? {};
  const left = enabled.filter((one) => one !== method);
  if (left.length === 0) return undefined;
  return { enabled: left, ...(preferred && preferred !== method && { preferred }) };
}

/** Members that answers about a user have where second factors are turned on. Source: behaviour.md 1.3. */
export function shownPreference({ mfa }: { readonly mfa?: MfaPreference }): {
  readonly UserMFASettingList?: readonly string[];
  readonly PreferredMfaSetting?: string;
} {
  return {
    ...(mfa && { UserMFASettingList: mfa.enabled }),
    ...(mfa?.preferred !== undefined && { PreferredMfaSetting: mfa.preferred }),
  };
}
