import type { AuthFactorType } from '@poolhouse/model';
import { shownPreference } from '../../domain/users/mfa-preference.ts';
import { isVerified } from '../../domain/users/sign-in-names.ts';
import type { User } from '../../domain/users/user.ts';
import type { TransactionContext } from '../../operation.ts';
import { refOf } from '../../users/find-user.ts';

/** What a user can sign in with, whatever the pool allows. Source: settings.md 8#15, 8#16. */
export async function shownFactors(
  ctx: TransactionContext<never, 'passkeys'>,
  user: User,
): Promise<{
  readonly Username: string;
  readonly ConfiguredUserAuthFactors: readonly AuthFactorType[];
}> {
  const passkeys = await ctx.stores.passkeys.ofUser(refOf(user));
  const has: readonly (readonly [AuthFactorType, boolean])[] = [
    ['PASSWORD', user.sealedPassword !== undefined],
    ['EMAIL_OTP', isVerified(user, 'email')],
    ['SMS_OTP', isVerified(user, 'phone_number')],
    ['WEB_AUTHN', passkeys.length > 0],
    ['SOFTWARE_TOKEN', user.sealedSoftwareToken !== undefined],
  ];
  return {
    Username: user.username,
    ConfiguredUserAuthFactors: has.flatMap(([factor, isThere]) => (isThere ? [factor] : [])),
    ...shownPreference(user),
  };
}
