/** Claims by name. */
export type Claims = Record<string, unknown>;

/** What one token says in addition, or instead. A claim that is both added and suppressed is suppressed. */
export interface ClaimsChange {
  readonly add?: Readonly<Claims>;
  readonly suppress?: readonly string[];
}

/** Groups and roles in both tokens, instead of the user's own. */
export interface GroupsOverride {
  readonly names: readonly string[];
  readonly roles: readonly string[];
  readonly preferredRole?: string;
}

/** What a function of the pool's owner changes in a user's tokens. Source: behaviour.md 7.5. */
export interface ClaimsOverride {
  readonly id?: ClaimsChange;
  readonly access?: ClaimsChange & {
    readonly addScopes?: readonly string[];
    readonly suppressScopes?: readonly string[];
  };
  /** An empty list removes the user's groups from the tokens; if it is absent, they stay. */
  readonly groups?: GroupsOverride;
}

const inBothTokens = [
  ...['acr', 'amr', 'at_hash', 'auth_time', 'azp', 'cognito:username', 'exp', 'iat', 'identities'],
  ...['iss', 'jti', 'nbf', 'nonce', 'origin_jti', 'sub', 'token_use'],
];

/** Claims that cannot be changed. Those of the access token are [unsure]; its scope has lists of its own. Source: behaviour.md 7.5. */
export const fixedClaims = {
  // Without an `origin_jti`, `event_id` names the session here.
  id: new Set([...inBothTokens, 'aud', 'event_id']),
  access: new Set([
    ...inBothTokens,
    ...['client_id', 'device_key', 'event_id', 'scope', 'username', 'version'],
  ]),
} as const;

/** The claims with a change applied, except those that are fixed. */
export function changeClaims(
  claims: Claims,
  { add = {}, suppress = [] }: ClaimsChange,
  fixed: ReadonlySet<string>,
): Claims {
  const added = Object.entries(add).filter(([name]) => !fixed.has(name));
  const suppressed = new Set(suppress.filter((name) => !fixed.has(name)));
  const all = [...Object.entries(claims), ...added];
  return Object.fromEntries(all.filter(([name]) => !suppressed.has(name)));
}

/**
 * A space-separated scope with some added and some removed. None of the service's own can be added, because it would allow more of this API
 * than the sign-in did [unsure], nor any that would be read as several.
 */
export function changeScope(
  scope: string,
  add: readonly string[] = [],
  suppress: readonly string[] = [],
): string {
  const added = add.filter((name) => /^\S+$/.test(name) && !name.startsWith('aws.cognito.'));
  const all = new Set([...scope.split(' '), ...added]);
  return [...all].filter((name) => !suppress.includes(name)).join(' ');
}
