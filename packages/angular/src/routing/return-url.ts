const ELSEWHERE = 'https://elsewhere.invalid';

/** Where a guard wanted to lead a person, if that is a path of this application: a link from a stranger must not lead away. */
export function returnUrl(value: string | null | undefined, fallback = '/'): string {
  if (!value?.startsWith('/')) return fallback;
  try {
    const { origin, pathname, search, hash } = new URL(value, ELSEWHERE);
    // `//host` and `/\host` are other sites to a browser.
    return origin === ELSEWHERE && !pathname.startsWith('//') ? pathname + search + hash : fallback;
  } catch {
    return fallback;
  }
}
