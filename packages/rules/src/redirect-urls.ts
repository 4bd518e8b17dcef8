/** Schemes whose URLs run code or show text in the browser instead of opening an application. */
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
/** Source: API model, RedirectUrlType. */
const shape = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,1024}$/u;

/** What is wrong with a redirect URL. */
export type RedirectUrlProblem = 'no-url' | 'fragment' | 'user' | 'http';

/**
 * Why an app client may not use the URL for callbacks or sign-outs, or `undefined`. It must be absolute, without a fragment, and
 * HTTPS unless it leads to the user's own computer or has an application's own scheme. Source: behaviour.md 4.2; settings.md 2.4.
 */
export function redirectUrlProblem(text: string): RedirectUrlProblem | undefined {
  const url = shape.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || neverSchemes.has(url.protocol) || text.includes('\\')) return 'no-url';
  if (text.includes('#')) return 'fragment';
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  if (isWeb && (url.username !== '' || url.password !== '')) return 'user';
  return url.protocol === 'http:' && !loopbackHosts.has(url.hostname) ? 'http' : undefined;
}
