/** The claims of a JSON web token, unchecked: the kit shows them; whoever decides by them verifies the signature. */
export type Claims = Readonly<Record<string, unknown>>;

/** Reads the claims of a token; undefined when the text is no token. */
export function claimsOf(token: string): Claims | undefined {
  try {
    const body = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(body), (char) => char.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims)
      ? (claims as Claims)
      : undefined;
  } catch {
    return undefined;
  }
}

/** How long a token lives, from its own times, so that a wrong clock of the device does not matter. Milliseconds. */
export function lifetimeMs(claims: Claims | undefined): number | undefined {
  const { exp, iat } = claims ?? {};
  return typeof exp === 'number' && typeof iat === 'number' ? (exp - iat) * 1000 : undefined;
}
