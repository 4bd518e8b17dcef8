import type { ChallengeNameType } from '@poolhouse/model';
import type { Pool } from '../pools/pool.ts';
import { requiresMfa } from '../pools/unbuilt-settings.ts';
import type { User } from '../users/user.ts';

/** Why a user may have no tokens. */
export type TokenRefusal = 'disabled' | 'unconfirmed' | 'reset-required' | 'must-change-password';

/**
 * Whether the user's state allows tokens at all, whatever was proved. Every path to a token asks here, at the moment
 * the token is made (security.md, opening; behaviour.md 5.1).
 */
export function tokenRefusal(user: Pick<User, 'enabled' | 'status'>): TokenRefusal | undefined {
  if (!user.enabled) return 'disabled';
  switch (user.status) {
    case 'UNCONFIRMED':
      return 'unconfirmed';
    case 'RESET_REQUIRED':
      return 'reset-required';
    case 'FORCE_CHANGE_PASSWORD':
      return 'must-change-password';
    case 'CONFIRMED':
    case 'EXTERNAL_PROVIDER':
      return undefined;
  }
}

/** Whether the pool wants a further factor beside those that were proved. */
export function lacksFactor(
  pool: Pick<Pool, 'settings'>,
  proved: readonly ChallengeNameType[],
): boolean {
  return requiresMfa(pool) && proved.length < 2;
}
