import { settingsTexts } from '../settings-texts.ts';

/** Schemes whose addresses run code or show text in the browser instead of leading to an application. */
const neverSchemes: ReadonlySet<string> = new Set([
  'javascript:',
  'data:',
  'vbscript:',
  'blob:',
  'file:',
  'about:',
  'view-source:',
]);

const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Why an app client may not name the URL for callbacks or sign-outs: absolute, without a fragment, and HTTPS unless it
 * leads to this very computer or has an application's own scheme. Source: behaviour.md 4.2; settings.md 2.4.
 */
export function redirectUrlProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || neverSchemes.has(url.protocol) || /\\|\p{Cc}|\p{Z}/u.test(text)) {
    return settingsTexts.urlInvalid(text);
  }
  if (text.includes('#')) return settingsTexts.urlWithFragment(text);
  if (/^https?:/i.test(text) && (url.username !== '' || url.password !== '')) {
    return settingsTexts.urlWithUser(text);
  }
  return url.protocol === 'http:' && !loopbackHosts.has(url.hostname)
    ? settingsTexts.urlOverHttp(text)
    : undefined;
}
