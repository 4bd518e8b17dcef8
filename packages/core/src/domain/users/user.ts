import type { PoolId, Sub } from '../ids.ts';
import type { MfaPreference } from './mfa-preference.ts';

/** Source: API model, UserStatusType (those still in use; behaviour.md 5.1). */
export type UserStatus =
  'UNCONFIRMED' | 'CONFIRMED' | 'RESET_REQUIRED' | 'FORCE_CHANGE_PASSWORD' | 'EXTERNAL_PROVIDER';

/** The kind of a sign-in name: the stored user name, or an attribute that stands for it. */
export type SignInNameKind = 'username' | 'email' | 'phone_number' | 'preferred_username';

/**
 * A name by which a user is found. `key` is compared exactly: it is the text's `nameKey`. All kinds share one name space per pool, so that
 * one text never means two people.
 */
export interface SignInName {
  readonly kind: SignInNameKind;
  readonly key: string;
}

/** A user as stored. Texts named `sealed…` are sealed with the pool's data key, bound to this user and column. */
export interface User {
  readonly poolId: PoolId;
  readonly sub: Sub;
  /** As first given; equals `sub` in pools whose user names are email addresses or phone numbers. */
  readonly username: string;
  readonly status: UserStatus;
  readonly enabled: boolean;
  /** Attribute values by name, without `sub`; booleans are "true" or "false". */
  readonly attributes: Readonly<Record<string, string>>;
  /** New values of `email` or `phone_number` that are pending until verified (AttributesRequireVerificationBeforeUpdate). */
  readonly pendingAttributes: Readonly<Record<string, string>>;
  readonly names: readonly SignInName[];
  /** This user's names that another user has kept, since names are compared by their key (ADR 10). */
  readonly yieldedNames?: readonly SignInName[];
  /** PHC string of the password, sealed; absent if the user has none. */
  readonly sealedPassword?: string;
  /** JSON of an SRP salt and verifier, sealed; present only if a client of the pool allows SRP. */
  readonly sealedSrp?: string;
  /** Former passwords' sealed PHC strings, newest first, the current one excluded. */
  readonly sealedHistory: readonly string[];
  /** Which second factors the user has turned on; absent if none. */
  readonly mfa?: MfaPreference;
  /** JSON of an authenticator application's secret and name, sealed; absent if none is set up. */
  readonly sealedSoftwareToken?: string;
  /** The same for one that is being set up, until it is verified. */
  readonly sealedNextSoftwareToken?: string;
  /** The time step of the application's last accepted code: no code of this step or an earlier one is accepted again (security.md M02). */
  readonly softwareTokenStep?: number;
  /** When a temporary password expires; absent for passwords that users chose. */
  readonly temporaryPasswordExpiresAtMs?: number;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
  /** Failed password checks since the last success or 15 idle minutes (behaviour.md 6.2). */
  readonly failedAttempts: number;
  readonly lastFailedAtMs?: number;
  readonly lockedUntilMs?: number;
  /** This person's half of the key to what the audit says about them; created with the first entry about them, and deleted with them. */
  readonly auditSalt?: string;
  /** Access tokens issued before this moment are refused by our own API. */
  readonly signedOutAtMs?: number;
}
