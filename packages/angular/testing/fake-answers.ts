import {
  AuthError,
  englishTexts,
  type AuthErrorCode,
  type AuthUser,
  type Destination,
} from '@poolhouse/angular';

/** What every code is. */
const CODE = '123456';

/** How a fake begins. */
export interface FakePoolhouse {
  /** Who is signed in at the start; nobody when absent. Members that are absent are made up. */
  readonly user?: Partial<AuthUser>;
  /** Groups of the user, in place of `user.groups`. */
  readonly groups?: readonly string[];
  /** Accounts that can sign in, name to password; when absent, everybody can with any password. */
  readonly accounts?: Readonly<Record<string, string>>;
}

/** A person for tests. */
export function fakeUser(user: Partial<AuthUser> = {}): AuthUser {
  const username = user.username ?? 'ann';
  const email = user.email ?? `${username}@example.com`;
  return {
    sub: `sub-of-${username}`,
    username,
    email,
    emailVerified: true,
    groups: [],
    roles: [],
    attributes: { sub: `sub-of-${username}`, email, email_verified: 'true' },
    claims: { sub: `sub-of-${username}`, 'cognito:username': username, email },
    ...user,
  };
}

/** Where messages to confirm something go. */
export const DESTINATION: Destination = {
  medium: 'email',
  address: 'a***@e***',
  attribute: 'email',
};
/** Where codes of second factors go. */
export const CODE_SENT = {
  sms: { medium: 'sms', address: '+*******89' },
  email: { medium: 'email', address: 'a***@e***' },
} as const satisfies Readonly<Record<string, Destination>>;

/** Refuses every code but the one. */
export function checkCode(code: string): void {
  if (code.replaceAll(/\s/g, '') === CODE) return;
  const wrong = { code: 'wrong-code', field: 'code' } as const;
  throw new AuthError({ ...wrong, message: englishTexts.errors[wrong.code] });
}

/** A refusal in the kit's words. */
export function failure(code: AuthErrorCode): AuthError {
  return new AuthError({ code, message: englishTexts.errors[code] });
}
