import type { User } from '../users/user.ts';

/**
 * Whether a user in this state may reset the password by a code: who has chosen one, or was told to choose anew.
 * Source: behaviour.md 5.1, 5.7.
 */
export function canResetPassword(user: Pick<User, 'status'>): boolean {
  return user.status === 'CONFIRMED' || user.status === 'RESET_REQUIRED';
}
