import type { IncomingHttpHeaders } from 'node:http';
import { isLoopbackName } from '../loopback.ts';

/** The id and the secret of the key that everybody knows; it works in development on a loopback address only. */
export const LOCAL_KEY = 'local';

/**
 * Tells whether a request may use the local key: it comes to a loopback name, not through a proxy, and not from a web page of
 * another site; such a page could reach this machine's ports too (security.md V12).
 */
export function mayUseLocalKey(headers: IncomingHttpHeaders): boolean {
  if (headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined) return false;
  const { host, origin } = headers;
  if (host === undefined || !isLoopbackOrigin(`http://${host}`)) return false;
  return origin === undefined || isLoopbackOrigin(origin);
}

/** The last origin that was one: nearly always the next one too. */
let lastLoopbackOrigin: string | undefined;

function isLoopbackOrigin(origin: string): boolean {
  if (origin === lastLoopbackOrigin) return true;
  if (!URL.canParse(origin) || !isLoopbackName(new URL(origin).hostname)) return false;
  lastLoopbackOrigin = origin;
  return true;
}
