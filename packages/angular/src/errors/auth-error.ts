/** What can go wrong, in the kit's own words; the texts for people are in `PoolhouseTexts.errors`. */
export type AuthErrorCode =
  | 'wrong-credentials'
  | 'wrong-password'
  | 'user-not-found'
  | 'user-disabled'
  | 'not-confirmed'
  | 'already-confirmed'
  | 'password-reset-required'
  | 'temporary-password-expired'
  | 'too-many-attempts'
  | 'username-taken'
  | 'alias-taken'
  | 'invalid-password'
  | 'password-used-before'
  | 'wrong-code'
  | 'expired-code'
  | 'used-code'
  | 'code-not-sent'
  | 'factor-not-offered'
  | 'factor-required'
  | 'passkey-cancelled'
  | 'passkey-exists'
  | 'passkey-not-possible'
  | 'not-offered'
  | 'sign-in-again'
  | 'attribute-missing'
  | 'attribute-invalid'
  | 'attribute-not-allowed'
  | 'invalid-email'
  | 'invalid-phone-number'
  | 'username-must-be-email'
  | 'username-must-not-be-email'
  | 'invalid-input'
  | 'sign-up-closed'
  | 'no-recovery'
  | 'challenge-expired'
  | 'signed-out'
  | 'not-allowed'
  | 'refused'
  | 'network'
  | 'unavailable'
  | 'insecure-page'
  | 'misconfigured'
  | 'unsupported'
  | 'unknown';

/** Why the pool's policy refuses a password. */
export type PasswordReason =
  | 'too-short'
  | 'needs-uppercase'
  | 'needs-lowercase'
  | 'needs-number'
  | 'needs-symbol'
  | 'has-outer-spaces'
  | 'is-temporary'
  | 'is-breached';

/** The input that an error is about. */
export type AuthErrorField = 'username' | 'password' | 'previousPassword' | 'code' | 'attributes';

/** What an {@link AuthError} is made of. */
export interface AuthErrorInit {
  readonly code: AuthErrorCode;
  /** A sentence for people. */
  readonly message: string;
  readonly field?: AuthErrorField;
  readonly reason?: PasswordReason;
  /** Names of the attributes that an error is about, as the pool has them. */
  readonly attributes?: readonly string[];
  readonly serviceCode?: string;
  readonly detail?: string;
  readonly cause?: unknown;
}

/** A failure that an application can act on by `code` and show by `message`. */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  readonly code: AuthErrorCode;
  /** The input to point at, where there is one. */
  readonly field: AuthErrorField | undefined;
  /** Why a password is refused; only with the code `invalid-password`. */
  readonly reason: PasswordReason | undefined;
  /** The attributes to point at. */
  readonly attributes: readonly string[];
  /** The service's own name of the error, such as `NotAuthorizedException`: for logs, never for people. */
  readonly serviceCode: string | undefined;
  /** What the service or the browser said: for logs, never for people. */
  readonly detail: string | undefined;

  constructor(init: AuthErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.code = init.code;
    this.field = init.field;
    this.reason = init.reason;
    this.attributes = init.attributes ?? [];
    this.serviceCode = init.serviceCode;
    this.detail = init.detail;
  }
}
