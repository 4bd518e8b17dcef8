import type { InputOf } from '@poolhouse/model';
import { canAnswer } from '../../domain/mfa/mfa.ts';
import { poolMethods, type MfaMethod } from '../../domain/pools/mfa-methods.ts';
import {
  hasMethod,
  withMethod,
  withoutMethod,
  withPasskeyAs,
  type MfaPreference,
} from '../../domain/users/mfa-preference.ts';
import { passkeySettings } from '../../domain/passkeys/passkey-settings.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { messages } from '../../domain/texts.ts';
import { renewedUser } from '../../domain/users/renewed-user.ts';
import type { User } from '../../domain/users/user.ts';
import type { TransactionContext } from '../../operation.ts';
import { refOf } from '../../users/find-user.ts';

/** What SetUserMFAPreference and its admin twin set. A method that is left out stays as it is [unsure]. */
export type MfaSettings = Pick<
  InputOf<'SetUserMFAPreference'>,
  'SMSMfaSettings' | 'SoftwareTokenMfaSettings' | 'EmailMfaSettings' | 'WebAuthnMfaSettings'
>;

/** Whose preference it is, and who changes it. */
interface Change {
  readonly pool: Pool;
  readonly user: User;
  readonly by: 'user' | 'administrator';
}

/**
 * Changes which second factors a user has turned on, and whether a passkey counts as two factors as the pool says, all at once or none. It does
 * for who has said nothing; UserMFASettingList does not list it [unsure]. Source: settings.md 7#1, 7#2, 7#13; security.md M06.
 */
export async function changePreference(
  ctx: TransactionContext<
    'InvalidParameterException' | 'UserNotFoundException',
    'users' | 'configurations'
  >,
  { pool, user, by }: Change,
  settings: MfaSettings,
): Promise<void> {
  const wanted: readonly (readonly [MfaMethod, MfaSettings['SMSMfaSettings']])[] = [
    ['SMS_MFA', settings.SMSMfaSettings],
    ['SOFTWARE_TOKEN_MFA', settings.SoftwareTokenMfaSettings],
    ['EMAIL_OTP', settings.EmailMfaSettings],
  ];
  if (wanted.filter(([, setting]) => setting?.PreferredMfa).length > 1) {
    ctx.fail('InvalidParameterException', messages.preferredTwice);
  }
  const configuration = await ctx.stores.configurations.get({ poolId: pool.id, kind: 'mfa' });
  const { WebAuthnMfaSettings: passkey } = settings;
  const { isTwoFactors } = passkeySettings(pool, configuration?.value, ctx.publicUrl);
  if (passkey?.Enabled && !isTwoFactors) {
    ctx.fail('InvalidParameterException', messages.cannotTurnOn('WEB_AUTHN'));
  }
  const methods = poolMethods(pool, configuration?.value);
  const required = pool.settings.MfaConfiguration === 'ON';
  const done = await ctx.stores.users.change<string>(refOf(user), (now) => {
    let { mfa } = now;
    for (const [method, setting] of wanted) {
      if (setting === undefined) continue;
      const { PreferredMfa, Enabled = PreferredMfa ?? false } = setting;
      if (Enabled && !(methods.includes(method) && canAnswer(now, method))) {
        return { refusal: messages.cannotTurnOn(method) };
      }
      mfa = Enabled ? withMethod(mfa, method) : withoutMethod(mfa, method);
      mfa = mfa && withPreferred(mfa, method, PreferredMfa);
    }
    if (required && by === 'user' && !hasMethod(mfa) && hasMethod(now.mfa)) {
      return { refusal: messages.mfaRequired };
    }
    // Beside a passkey there has to be another factor, or its loss would lock the user out.
    if (passkey?.Enabled && !hasMethod(mfa)) {
      return { refusal: messages.cannotTurnOn('WEB_AUTHN') };
    }
    const hasNoOther = required && !methods.some((method) => canAnswer(now, method));
    if (passkey?.Enabled === false && by === 'user' && hasNoOther) {
      return { refusal: messages.mfaRequired };
    }
    if (passkey !== undefined) {
      mfa = withPasskeyAs(mfa, passkey.Enabled ? 'pool-says' : 'one-factor');
    }
    // Administrators turn an application off for who has lost it: where MFA is required, the next sign-in must not ask for it [unsure].
    const lost =
      required && by === 'administrator' && settings.SoftwareTokenMfaSettings?.Enabled === false;
    return renewedUser(pool, { ...now, mfa, ...(lost && withoutToken) }, ctx.nowMs);
  });
  if (done.kind === 'refused') ctx.fail('InvalidParameterException', done.refusal);
  if (done.kind === 'missing') ctx.fail('UserNotFoundException', messages.userNotFound);
}

/** What of a user's record is gone with the authenticator application. */
export const withoutToken = {
  sealedSoftwareToken: undefined,
  sealedNextSoftwareToken: undefined,
  softwareTokenStep: undefined,
} satisfies Partial<User>;

function withPreferred(
  { preferred, ...mfa }: MfaPreference,
  method: MfaMethod,
  prefers: boolean | undefined,
): MfaPreference {
  if (prefers && mfa.enabled.includes(method)) return { ...mfa, preferred: method };
  const stays = preferred !== undefined && !(prefers === false && preferred === method);
  return stays ? { ...mfa, preferred } : mfa;
}

/** The members of the older operations: text messages are on if they are named. Source: API model, SetUserSettings. */
export function olderSettings({
  MFAOptions,
}: Pick<InputOf<'SetUserSettings'>, 'MFAOptions'>): MfaSettings {
  const Enabled = MFAOptions.some(
    ({ DeliveryMedium, AttributeName = 'phone_number' }) =>
      DeliveryMedium === 'SMS' && AttributeName === 'phone_number',
  );
  return { SMSMfaSettings: { Enabled } };
}
