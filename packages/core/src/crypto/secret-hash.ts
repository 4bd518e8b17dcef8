import { createHmac } from 'node:crypto';
import { equalInConstantTime } from './constant-time.ts';

/** The SECRET_HASH of a user name at an app client with a secret. Source: behaviour.md 4.3. */
export function secretHash(secret: string, username: string, clientId: string): string {
  return createHmac('sha256', secret).update(username).update(clientId).digest('base64');
}

/** Whether `given` is the SECRET_HASH of this user name, as sent in the same request; takes constant time. */
export function secretHashMatches(
  given: string,
  secret: string,
  username: string,
  clientId: string,
): boolean {
  return equalInConstantTime(given, secretHash(secret, username, clientId));
}
