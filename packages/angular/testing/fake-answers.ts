import {
  AuthError,
  englishTexts,
  type AuthErrorCode,
  type AuthSession,
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

/** The person with some attributes changed. An address that is new is not verified. */
export function withAttributes(
  user: AuthUser,
  changes: Readonly<Record<string, string>>,
): AuthUser {
  const fresh = Object.keys(changes).filter((name) => name in VERIFIED);
  const unproven = Object.fromEntries(fresh.map((name) => [`${name}_verified`, 'false']));
  const attributes = { ...user.attributes, ...unproven, ...changes };
  const { email, name, email_verified: isVerified } = attributes;
  return { ...user, attributes, email, name, emailVerified: isVerified === 'true' };
}

const VERIFIED = { email: true, phone_number: true };

/** Tokens of an hour. */
export function fakeSession(suffix: string): AuthSession {
  const tokens = { accessToken: `access-token-${suffix}`, idToken: `id-token-${suffix}` };
  return { ...tokens, expiresAtMs: Date.now() + HOUR_MS };
}

const HOUR_MS = 3_600_000;

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
