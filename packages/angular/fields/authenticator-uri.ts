import type { AuthenticatorKey } from '@poolhouse/angular';

/**
 * The URI that authenticator applications read from a QR code. Source: the Key Uri Format of Google Authenticator, which they all take;
 * settings.md 7#11 has the algorithm, digits and period, which are the defaults.
 */
export function authenticatorUri({
  key,
  issuer,
  account,
}: AuthenticatorKey & { readonly issuer: string; readonly account: string }): string {
  // A colon would end the issuer too early.
  const [site, name] = [issuer, account].map((part) =>
    encodeURIComponent(part.replaceAll(':', ' ').trim()),
  );
  const label = site ? `${site}:${name}` : name;
  return `otpauth://totp/${label}?secret=${key}${site ? `&issuer=${site}` : ''}`;
}
