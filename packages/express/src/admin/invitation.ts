import type { DeliveryMediumType } from '@aws-sdk/client-cognito-identity-provider';

/** How a temporary password is sent to its user. */
export type Invitation = 'email' | 'sms' | 'none';

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const NUMBER = /^\+\d+$/;

/**
 * The channel to use if the caller names none. In pools whose user names are addresses, the user name counts as one. If it only looks like an
 * address, the pool refuses, and the caller has to choose.
 */
export function usualInvitation(
  username: string,
  attributes: Readonly<Record<string, string | boolean | undefined>>,
): Invitation {
  if (attributes['email'] || EMAIL.test(username)) return 'email';
  return attributes['phone_number'] || NUMBER.test(username) ? 'sms' : 'none';
}

/** The API's name for a channel. If the user has no address for it, the pool's error says so. */
export function mediumsOf(invitation: Invitation): DeliveryMediumType[] {
  return [invitation === 'sms' ? 'SMS' : 'EMAIL'];
}
