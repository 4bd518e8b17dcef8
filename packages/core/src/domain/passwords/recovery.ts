import type { Pool } from '../pools/pool.ts';
import { isVerified } from '../users/sign-in-names.ts';
import type { User } from '../users/user.ts';

/** Where a user's reset code goes. `administrator`: the pool lets only administrators reset. `nowhere`: nothing verified. */
export type Recovery =
  | {
      readonly kind: 'address';
      readonly attribute: 'email' | 'phone_number';
      readonly destination: string;
    }
  | { readonly kind: 'administrator' }
  | { readonly kind: 'nowhere' };

/** Pools without AccountRecoverySetting prefer the phone. */
const unset = [
  { Priority: 1, Name: 'verified_phone_number' },
  { Priority: 2, Name: 'verified_email' },
] as const;

/**
 * How a user recovers the account: by the first verified address in the order of the pool's AccountRecoverySetting that is not the user's
 * second factor. Source: behaviour.md 3.1 and 5.7.
 */
export function recoveryDestination(
  pool: Pool,
  user: Pick<User, 'attributes'>,
  factors: ReadonlySet<string> = new Set(),
): Recovery {
  const mechanisms = pool.settings.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  const inOrder = (mechanisms.length === 0 ? unset : mechanisms).toSorted(
    (a, b) => a.Priority - b.Priority,
  );
  if (inOrder.some((mechanism) => mechanism.Name === 'admin_only')) {
    return { kind: 'administrator' };
  }
  for (const { Name } of inOrder) {
    const attribute = Name === 'verified_email' ? 'email' : 'phone_number';
    const destination = user.attributes[attribute];
    if (destination && isVerified(user, attribute) && !factors.has(attribute)) {
      return { kind: 'address', attribute, destination };
    }
  }
  return { kind: 'nowhere' };
}
