import type { Pool } from '../pools/pool.ts';
import type { User } from '../users/user.ts';

/** The addresses that codes can go to, the preferred one first. Source: behaviour.md 5.2. */
export const codeAttributes = ['phone_number', 'email'] as const;

/** The pool's auto-verified attributes, the preferred one first; none if it confirms nobody by a code. */
export function autoVerified(pool: Pool): readonly (typeof codeAttributes)[number][] {
  const chosen = pool.settings.AutoVerifiedAttributes ?? [];
  return codeAttributes.filter((attribute) => chosen.includes(attribute));
}

/** Whether the mails that confirm a sign-up contain a link instead of a code. */
export function confirmsByLink(pool: Pool): boolean {
  return pool.settings.VerificationMessageTemplate?.DefaultEmailOption === 'CONFIRM_WITH_LINK';
}

/** Where the code that confirms a sign-up is sent, or `undefined` if the user gave no such address. */
export function confirmationAddress(
  pool: Pool,
  user: Pick<User, 'attributes'>,
):
  | { readonly attribute: (typeof codeAttributes)[number]; readonly destination: string }
  | undefined {
  for (const attribute of autoVerified(pool)) {
    const destination = user.attributes[attribute];
    if (destination) return { attribute, destination };
  }
  return undefined;
}
