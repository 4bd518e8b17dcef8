import type { Pool } from '../domain/pools/pool.ts';
import { renewedUser } from '../domain/users/renewed-user.ts';
import type { User } from '../domain/users/user.ts';
import type { TransactionContext } from '../operation.ts';
import type { UserChange } from '../ports/stores/users.ts';
import { forgetCodes } from '../codes/forget-codes.ts';
import { refOf } from '../users/find-user.ts';
import { historyAfterChange, type SealedPassword } from './password.ts';

/** A password replacement. */
export interface PasswordReplacement<Refusal> {
  readonly pool: Pool;
  readonly user: Pick<User, 'poolId' | 'sub'>;
  /** The new password; `undefined` if the old one just ends, and a code to choose another follows. */
  readonly sealed: SealedPassword | undefined;
  /** When a temporary password expires, in UTC milliseconds. */
  readonly temporaryUntilMs?: number;
  /** Sign-ins that continue: all, or the one session; none if absent. */
  readonly sessionsThatGoOn?: 'all' | { readonly sessionId: string };
  /** What else the path changes in the present record, or why the password stays. */
  readonly change: (current: User) => User | { readonly refusal: Refusal };
}

/**
 * Replaces a password: the one function for every path except the creation of a user. In the caller's transaction, everything that was
 * started with the old password ends: pending addresses, all codes, failures and locks, and the sign-ins that are not to continue. The old
 * password is added to the history. Source: security.md A14, A16.
 */
export async function replacePassword<Refusal>(
  tx: TransactionContext<never, 'users' | 'codes' | 'sessions'>,
  replacement: PasswordReplacement<Refusal>,
): Promise<UserChange<Refusal>> {
  const { pool, sealed, temporaryUntilMs, sessionsThatGoOn, change } = replacement;
  const ref = refOf(replacement.user);
  const goOn = sessionsThatGoOn === 'all';
  const changed = await tx.stores.users.change<Refusal>(ref, (current) => {
    const next = change({ ...current, pendingAttributes: {} });
    if ('refusal' in next) return next;
    const password = sealed && {
      ...sealed,
      sealedHistory: historyAfterChange(pool, current),
      temporaryPasswordExpiresAtMs: temporaryUntilMs,
    };
    const settled = { failedAttempts: 0, lastFailedAtMs: undefined, lockedUntilMs: undefined };
    const signedOut = goOn ? {} : { signedOutAtMs: tx.nowMs };
    return renewedUser(pool, { ...next, ...password, ...settled, ...signedOut }, tx.nowMs);
  });
  if (changed.kind !== 'changed') return changed;
  await forgetCodes(tx, ref, { purpose: 'verify-attribute' });
  await forgetCodes(tx, ref, { purpose: 'confirm-sign-up' });
  // A code that is sent when a password ends replaces the previous one by itself.
  if (sealed !== undefined) await forgetCodes(tx, ref, { purpose: 'reset-password' });
  if (!goOn) {
    await tx.stores.sessions.revokeAllOf(ref, tx.nowMs, sessionsThatGoOn?.sessionId);
  }
  return changed;
}
