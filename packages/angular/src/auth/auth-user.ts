import { claimsOf, type Claims } from '../session/claims';
import type { StoredSession } from '../session/stored-session';

/**
 * Claims of the ID token that describe the person. An application that adds its own names their types once:
 * `declare module '@poolhouse/angular' { interface UserClaims { readonly tenant?: { readonly id: number } } }`.
 */
export interface UserClaims {
  readonly [name: string]: unknown;
}

/** The signed-in person, as the ID token describes them. For showing; a server decides by the token itself. */
export interface AuthUser {
  /** The stable id of the person in the pool. */
  readonly sub: string;
  readonly username: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly name?: string;
  readonly groups: readonly string[];
  /** ARNs of the roles of the groups. */
  readonly roles: readonly string[];
  /** All attributes that the application may read, by their names in the pool. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What the ID token says of the person, as it stands there: numbers, lists and objects too. */
  readonly claims: UserClaims;
}

/** Tokens of the signed-in person. Take one by `auth.accessToken()`, which renews it when needed. */
export interface AuthSession {
  readonly accessToken: string;
  readonly idToken: string;
  /** When the access token ends. UTC milliseconds. */
  readonly expiresAtMs: number;
}

/** What applications see of a session: not its refresh token. */
export function sessionShown(stored: StoredSession | null): AuthSession | null {
  if (!stored) return null;
  const { accessToken, idToken, expiresAtMs } = stored;
  return { accessToken, idToken, expiresAtMs };
}

/** Claims of ID tokens that describe the token and not the person. Source: behaviour.md 7.1. */
const OF_THE_TOKEN = new Set([
  ...['aud', 'iss', 'exp', 'iat', 'jti', 'origin_jti', 'event_id', 'token_use', 'auth_time'],
  ...['nonce', 'at_hash'],
]);
const NO_ATTRIBUTES = new Set([...OF_THE_TOKEN, 'identities']);

/** Reads the person out of a session. `attributes` are newer than those of the token. */
export function userOf(
  session: StoredSession,
  attributes: Readonly<Record<string, string>> = {},
): AuthUser {
  const id = claimsOf(session.idToken) ?? {};
  const access = claimsOf(session.accessToken) ?? {};
  const all = { ...attributesOf(id), ...attributes };
  const email = all['email'];
  const verified = all['email_verified'];
  const name = all['name'];
  return {
    sub: text(id['sub']) ?? text(access['sub']) ?? '',
    username: text(id['cognito:username']) ?? text(access['username']) ?? '',
    ...(email !== undefined && { email }),
    ...(verified !== undefined && { emailVerified: verified === 'true' }),
    ...(name !== undefined && { name }),
    groups: texts(id['cognito:groups'] ?? access['cognito:groups']),
    roles: texts(id['cognito:roles']),
    attributes: all,
    claims: Object.fromEntries(Object.entries(id).filter(([claim]) => !OF_THE_TOKEN.has(claim))),
  };
}

function attributesOf(claims: Claims): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(claims)) {
    if (NO_ATTRIBUTES.has(name) || name.startsWith('cognito:')) continue;
    if (typeof value === 'string') attributes[name] = value;
    else if (typeof value === 'boolean' || typeof value === 'number')
      attributes[name] = String(value);
    else if (name === 'address') {
      const formatted = text((value as { formatted?: unknown } | null)?.formatted);
      if (formatted !== undefined) attributes[name] = formatted;
    }
  }
  return attributes;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
