import type { CodePurpose } from '../domain/passwords/code.ts';
import type { User } from '../domain/users/user.ts';
import type { TransactionContext } from '../operation.ts';

const purposes: readonly CodePurpose[] = [
  'confirm-sign-up',
  'reset-password',
  'verify-attribute',
  'sign-in',
];
const attributes = ['email', 'phone_number'] as const;

/**
 * Invalidates a user's codes: all of them, or those for one purpose or one address. What was sent to an old address must prove nothing
 * about a new one.
 */
export async function forgetCodes(
  ctx: TransactionContext<never, 'codes'>,
  user: Pick<User, 'poolId' | 'sub'>,
  which: { readonly purpose?: CodePurpose; readonly attribute?: (typeof attributes)[number] } = {},
): Promise<void> {
  const { poolId, sub } = user;
  for (const purpose of which.purpose === undefined ? purposes : [which.purpose]) {
    for (const attribute of which.attribute === undefined ? attributes : [which.attribute]) {
      await ctx.stores.codes.delete({ poolId, sub, purpose, attribute });
    }
  }
}
