import type { AuthenticationResult } from '../pool/wire';
import { claimsOf, lifetimeMs } from './claims';

/** What the storage holds of a signed-in person. */
export interface StoredSession {
  readonly accessToken: string;
  readonly idToken: string;
  readonly refreshToken: string;
  /** When the access token ends, by the clock of this device. UTC milliseconds. */
  readonly expiresAtMs: number;
}

/** The session that an answer of the pool begins or renews. A refresh may leave the refresh token as it is. */
export function sessionOf(
  result: AuthenticationResult,
  nowMs: number,
  refreshToken = '',
): StoredSession {
  const life = lifetimeMs(claimsOf(result.AccessToken)) ?? (result.ExpiresIn ?? 0) * 1000;
  return {
    accessToken: result.AccessToken,
    idToken: result.IdToken ?? '',
    refreshToken: result.RefreshToken ?? refreshToken,
    expiresAtMs: nowMs + life,
  };
}

/** The stable id of the person. */
export function subOf(session: StoredSession): string | undefined {
  const sub = claimsOf(session.accessToken)?.['sub'];
  return typeof sub === 'string' ? sub : undefined;
}

/** The device that the session began on, without which the pool renews nothing; undefined in pools that know no devices. */
export function deviceOf(session: StoredSession): string | undefined {
  const key = claimsOf(session.accessToken)?.['device_key'];
  return typeof key === 'string' ? key : undefined;
}

/** Tells sessions apart without giving a token away. */
export function idOf(session: StoredSession): string {
  const jti = claimsOf(session.accessToken)?.['jti'];
  return typeof jti === 'string' ? jti : String(session.expiresAtMs);
}

/** Reads what the storage holds; null when it is nothing that this kit wrote. */
export function parseSession(text: string | null): StoredSession | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Record<keyof StoredSession, unknown>> | null;
    const { accessToken, idToken, refreshToken, expiresAtMs } = value ?? {};
    return typeof accessToken === 'string' &&
      typeof idToken === 'string' &&
      typeof refreshToken === 'string' &&
      typeof expiresAtMs === 'number'
      ? { accessToken, idToken, refreshToken, expiresAtMs }
      : null;
  } catch {
    return null;
  }
}
