import type { InputOf } from '@poolhouse/model';
import { canAnswer } from '../../domain/mfa/mfa.ts';
import { poolMethods, type MfaMethod } from '../../domain/pools/mfa-methods.ts';
import {
  withMethod,
  withoutMethod,
  type MfaPreference,
} from '../../domain/users/mfa-preference.ts';
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

/** Changes which second factors a user has turned on, all at once or none. Source: settings.md 7#1, 7#2; security.md M06. */
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
  // Passkeys count as a second factor by the pool's own setting only.
  if (settings.WebAuthnMfaSettings?.Enabled) {
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
    if (required && by === 'user' && mfa === undefined && now.mfa !== undefined) {
      return { refusal: messages.mfaRequired };
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
  { preferred, enabled }: MfaPreference,
  method: MfaMethod,
  prefers: boolean | undefined,
): MfaPreference {
  if (prefers && enabled.includes(method)) return { enabled, preferred: method };
  const stays = preferred !== undefined && !(prefers === false && preferred === method);
  return stays ? { enabled, preferred } : { enabled };
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
