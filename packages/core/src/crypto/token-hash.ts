import { createHash } from 'node:crypto';

/** The form in which a random token is stored: SHA-256 in base64url. Source: security.md 4. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('base64url');
}
