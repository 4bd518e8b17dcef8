import type { DeliveryMediumType } from '@aws-sdk/client-cognito-identity-provider';

/** How a temporary password goes to its user. */
export type Invitation = 'email' | 'sms' | 'none';

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const NUMBER = /^\+\d+$/;

/**
 * The way that leads to the user when the caller names none. In pools that sign in with addresses the user name is one; where it only looks
 * like one, the pool refuses, and the caller chooses.
 */
export function usualInvitation(
  username: string,
  attributes: Readonly<Record<string, string | boolean | undefined>>,
): Invitation {
  if (attributes['email'] || EMAIL.test(username)) return 'email';
  return attributes['phone_number'] || NUMBER.test(username) ? 'sms' : 'none';
}

/** A way as the API names it. Told to send where nothing leads, the pool says that there is no address. */
export function mediumsOf(invitation: Invitation): DeliveryMediumType[] {
  return [invitation === 'sms' ? 'SMS' : 'EMAIL'];
}
