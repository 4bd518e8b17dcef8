import type { PlatformLocation } from '@angular/common';

/** The member of the fragment. Source: docs/guides/magic-link.md. */
const MEMBER = 'sign-in-code';

/**
 * Takes the code out of the address that the link of a mail has opened: no address bar and no history shows it any more. Null where there
 * is none, and of what is no such code. `Auth.enterLinkCode` signs in with it.
 */
export function takeLinkCode(location: PlatformLocation): string | null {
  const code = new URLSearchParams(location.hash.slice(1)).get(MEMBER);
  if (code === null) return null;
  location.replaceState(location.getState(), '', location.pathname + location.search);
  return /^\d{8}$/.test(code) ? code : null;
}
