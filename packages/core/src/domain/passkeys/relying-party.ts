import { settingsTexts } from '../settings-texts.ts';
import { isPublicSuffix } from './public-suffixes.ts';

const LOCAL = 'localhost';
/** A host name of several labels. A single one, such as `com`, is nobody's own. Source: WebAuthn Level 3, section 5.1.3, step 8. */
const DOMAIN =
  /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LOOPBACK = /^(127(\.\d+){3}|\[::1\])$/;

/**
 * The relying party of a pool's passkeys: the configured one, otherwise the host of the public URL. `undefined` if that is no domain: a
 * browser makes no passkey for an address. Source: behaviour.md 6.10; security.md P02.
 */
export function relyingPartyIdOf(
  configured: string | undefined,
  publicUrl: string,
): string | undefined {
  const host = (configured ?? new URL(publicUrl).hostname).toLowerCase();
  if (host === LOCAL || (configured === undefined && LOOPBACK.test(host))) return LOCAL;
  return DOMAIN.test(host) && !isPublicSuffix(host) ? host : undefined;
}

/**
 * Why a pool may not have the relying party: a scheme, a port or a path in it, in the service's words, or a name that is nobody's own. Source:
 * settings.md 2.2; security.md P02.
 */
export function relyingPartyProblem(configured: string): string | undefined {
  const host = configured.toLowerCase();
  if (host === LOCAL) return undefined;
  if (!DOMAIN.test(host) && host.includes('.')) return settingsTexts.relyingPartyInvalid;
  if (/[^a-z0-9-]/.test(host) && !host.includes('.')) return settingsTexts.relyingPartyInvalid;
  return isPublicSuffix(host) ? settingsTexts.relyingPartyPublic : undefined;
}

/**
 * Whether passkeys of the relying party may be used on pages of the origin: its own or those of its subdomains, over https on the usual port,
 * or where this server's own pages are; on localhost also over http and on any port. Source: WebAuthn Level 3, sections 5.1.3 and 13.4.9;
 * settings.md 9#7; security.md P01.
 */
export function isOriginOf(relyingPartyId: string, origin: string, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  // As browsers write it: no path, no name before the host, nothing in upper case.
  if (url.origin !== origin) return false;
  const isUnder = url.hostname === relyingPartyId || url.hostname.endsWith(`.${relyingPartyId}`);
  if (!isUnder) return false;
  if (url.hostname === LOCAL || url.hostname.endsWith(`.${LOCAL}`)) {
    return url.protocol === 'https:' || url.protocol === 'http:';
  }
  return url.protocol === 'https:' && (url.port === '' || origin === publicUrl);
}
