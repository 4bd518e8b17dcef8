/** Why a request was refused, in one word for logs and counters. */
export type RefusalReason =
  | 'no-token'
  | 'malformed'
  | 'issuer'
  | 'unknown-key'
  | 'keys-unavailable'
  | 'signature'
  | 'expired'
  | 'not-yet-valid'
  | 'claims'
  | 'client'
  | 'token-use'
  | 'revoked'
  | 'revocation-unknown'
  | 'groups'
  | 'roles'
  | 'scopes';

/** A refusal. `message` is for the caller, `detail` only for the application's log. */
export class Refusal {
  readonly status: 401 | 403 | 503;
  /** The code of RFC 6750 3.1; absent if no token was sent, or if the fault is on the server's side. */
  readonly error: 'invalid_token' | 'insufficient_scope' | undefined;
  readonly reason: RefusalReason;
  readonly message: string;
  readonly detail: string;
  /** The scopes that would have been enough, for `WWW-Authenticate`. */
  readonly scope: string | undefined;

  constructor(reason: RefusalReason, message: string, detail = '', scope?: string) {
    this.status = STATUS[reason] ?? 401;
    this.error =
      this.status === 403
        ? 'insufficient_scope'
        : this.status === 401 && reason !== 'no-token'
          ? 'invalid_token'
          : undefined;
    this.reason = reason;
    this.message = message;
    this.detail = detail;
    this.scope = scope;
  }
}

const STATUS: Partial<Record<RefusalReason, 403 | 503>> = {
  groups: 403,
  roles: 403,
  scopes: 403,
  'keys-unavailable': 503,
  'revocation-unknown': 503,
};

/** Thrown by `verify()` for a refused token. */
export class NotAuthorizedError extends Error {
  override readonly name = 'NotAuthorizedError';
  readonly status: Refusal['status'];
  readonly reason: RefusalReason;
  /** For logs: more detailed than the message. Do not send it to the caller. */
  readonly detail: string;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.status = refusal.status;
    this.reason = refusal.reason;
    this.detail = refusal.detail;
  }
}

/** The texts that callers see. They say what to do, and reveal nothing about how the decision was made. */
export const texts = {
  noToken: 'Sign in first: this needs an access token in the Authorization header.',
  noIdToken: 'Sign in first: this needs an ID token in the Authorization header.',
  invalid: 'The token is not valid here.',
  expired: 'The token has expired.',
  accessTokenNeeded: 'An access token is needed here, not an ID token.',
  idTokenNeeded: 'An ID token is needed here, not an access token.',
  revoked: 'The token has been revoked. Sign in again.',
  forbidden: 'You are signed in, but you may not do this.',
  scopeMissing: 'The token does not carry the scope that this needs.',
  tryAgain: 'Tokens cannot be checked at the moment. Try again shortly.',
} as const;
