import type { User } from '../users/user.ts';

/**
 * Whether a user in this state may reset the password with a code: only users who have chosen one, or who must choose a new one. Source:
 * behaviour.md 5.1, 5.7.
 */
export function canResetPassword(user: Pick<User, 'status'>): boolean {
  return user.status === 'CONFIRMED' || user.status === 'RESET_REQUIRED';
}
