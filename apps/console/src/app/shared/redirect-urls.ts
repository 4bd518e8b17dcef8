/** Schemes that run code or show text in a browser instead of leading to an application. */
const NEVER: ReadonlySet<string> = new Set([
  'javascript:',
  'data:',
  'vbscript:',
  'blob:',
  'file:',
  'about:',
  'view-source:',
]);
const THIS_COMPUTER: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Source: API model, RedirectUrlType. */
const ADDRESS = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,1024}$/u;

/**
 * Why an app client may not send people to an address, in a sentence; empty where it may. The server refuses the same. Source:
 * behaviour.md 4.2; API model, RedirectUrlType.
 */
export function redirectUrlProblem(text: string): string {
  const url = ADDRESS.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || NEVER.has(url.protocol) || text.includes('\\')) {
    return 'Enter a whole address, such as https://shop.example.com/welcome.';
  }
  if (text.includes('#')) return 'Leave out the # and what follows it.';
  const isWeb = ['http:', 'https:'].includes(url.protocol);
  if (isWeb && (url.username !== '' || url.password !== '')) {
    return 'Leave out the user name and the password.';
  }
  return url.protocol === 'http:' && !THIS_COMPUTER.has(url.hostname)
    ? 'Use https. Only addresses of this very computer, such as http://localhost:3000, may do without.'
    : '';
}
