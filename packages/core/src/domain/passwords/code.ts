import type { PoolId, Sub } from '../ids.ts';

/** What a code proves; a code for one purpose is never accepted for another (security.md B04). */
export type CodePurpose = 'confirm-sign-up' | 'reset-password' | 'verify-attribute' | 'sign-in';

/** The place of a user's only valid code for a purpose (and attribute). */
export interface CodePlace {
  readonly poolId: PoolId;
  readonly sub: Sub;
  /**
   * `set-up` is for the link to a server that has no owner yet: it is printed, not sent, and has no user. `register-passkey` is for the
   * challenge of a registration that was begun.
   */
  readonly purpose: CodePurpose | 'set-up' | 'register-passkey';
  /** The attribute that the code verifies: `email` or `phone_number`; it also says how the code was sent. */
  readonly attribute: string;
}

/** A code that was handed out, without the code itself: only its keyed MAC (security.md 4). */
export interface SentCode extends CodePlace {
  /** Random; part of what the MAC binds. */
  readonly rowId: string;
  /** The app client that asked for it; empty if an administrator did. */
  readonly clientId: string;
  readonly mac: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** Wrong attempts still allowed. */
  readonly attemptsLeft: number;
}
