/** Paths of the same origin that get tokens unless the configuration names others. */
export const defaultAllowList: readonly string[] = ['/api'];

/**
 * Whether a URL is on the list. A prefix must match the origin exactly and the path by whole segments: `https://a.example/v1`
 * fits neither `https://a.example.evil.test/v1` nor `https://a.example/v10`. A pattern sees origin and path, and only those of this
 * origin unless it says that it is for others: `/\/api\//` must not fit `https://evil.test/?u=/api/`.
 */
export function isAllowed(
  url: string,
  list: readonly (string | RegExp)[],
  baseUrl: string,
): boolean {
  const wanted = parsed(url, baseUrl);
  if (!wanted) return false;
  return list.some((entry) =>
    typeof entry === 'string'
      ? hasPrefix(wanted, parsed(entry, baseUrl))
      : fits(wanted, entry, new URL(baseUrl).origin),
  );
}

function fits(wanted: URL, { source, flags }: RegExp, ownOrigin: string): boolean {
  if (wanted.origin === 'null' || (wanted.origin !== ownOrigin && !source.startsWith('^http'))) {
    return false;
  }
  // Patterns with a memory would say something else each time.
  const pattern = new RegExp(source, flags.replaceAll(/[gy]/g, ''));
  return pattern.test(wanted.origin + wanted.pathname);
}

function hasPrefix(wanted: URL, prefix: URL | undefined): boolean {
  if (!prefix || prefix.origin === 'null' || wanted.origin !== prefix.origin) return false;
  const path = prefix.pathname.replace(/\/$/, '');
  return wanted.pathname === path || wanted.pathname.startsWith(`${path}/`);
}

function parsed(url: string, baseUrl: string): URL | undefined {
  try {
    return new URL(url, baseUrl);
  } catch {
    return undefined;
  }
}
