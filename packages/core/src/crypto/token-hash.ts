import { hash } from 'node:crypto';

/** The form in which a random token is stored: SHA-256 in base64url. Source: security.md 4. */
export function hashToken(token: string): string {
  return digestText(token);
}

/** The SHA-256 of a text in base64url, for chains of records in which a change must show. */
export function digestText(text: string): string {
  return hash('sha256', text, 'base64url');
}
