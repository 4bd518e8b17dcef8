import { join } from 'node:path';
import { english, noConsole } from '@poolhouse/login';
import { builtFiles } from '../pages/built-files.ts';
import { sendPage } from '../pages/page.ts';
import { PASS, route, type Route } from '../site/route.ts';

/** Where `npm run build:console` puts the console's application. */
export const CONSOLE_APP = join(import.meta.dirname, '../../../../apps/console/dist/browser');

/** Scripts and styles are our own files; inline styles come from Angular, for its components. Source: security.md X19, X22. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The build puts a hash of the content into these names. */
const LASTING = /[-.][\w-]{8}\.(?:js|css|woff2|svg)$/;

/** Serves a built Angular application with its routes; if it is not built, says how to build it. */
export function appFiles(folder: string): readonly Route[] {
  const sendFile = builtFiles(folder, (path) => ({
    'Content-Security-Policy': POLICY,
    // A no-cache file contains nobody's data, and is revalidated each time.
    'Cache-Control': LASTING.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    'Referrer-Policy': 'no-referrer',
  }));
  const serve = route('GET', '/{*path}', async (request, response) => {
    if (await sendFile(request, response, request.params.path)) return undefined;
    // Files are never deeper than this; a user's page may well end in ".com".
    if (/^\/(?:[\w-]+\/)?[\w.-]+\.\w{1,5}$/.test(request.rest)) return PASS;
    // The build produces a page that already contains the sign-in form.
    const page = request.rest === '/sign-in' ? '/sign-in.html' : '/index.html';
    if (await sendFile(request, response, page)) return undefined;
    return sendPage(response, 503, noConsole(english));
  });
  return [serve];
}
