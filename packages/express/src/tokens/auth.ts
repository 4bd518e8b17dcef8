/** The sender of a request, as signed by the pool. Frozen, because all requests with the same token share it. */
export interface Auth {
  readonly tokenUse: 'access' | 'id';
  /** The user's immutable id; the client's id in a token of the client credentials grant. */
  readonly sub: string;
  /** Absent if a machine signed in, not a user. */
  readonly username: string | undefined;
  /** The app client that the token was issued to. */
  readonly clientId: string;
  readonly userPoolId: string;
  readonly issuer: string;
  readonly groups: readonly string[];
  /** The ARNs of `cognito:roles`, which ID tokens carry, or the value of the claim named by `rolesClaim`. */
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  /** Every claim of the token, by its name on the wire. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What the claims are read with. */
export interface ClaimsContext {
  readonly userPoolId: string;
  readonly rolesClaim: string;
}

const NONE: readonly string[] = Object.freeze([]);

/**
 * Reads the claims of a token with a valid signature, or returns in a few words which claim is wrong.
 * Strict on purpose: a claim of the wrong type means that something other than a user pool made the token.
 * Source: behaviour.md 7.1, 7.2; RFC 7519 4.1.
 */
export function readAuth(
  claims: Readonly<Record<string, unknown>>,
  { userPoolId, rolesClaim }: ClaimsContext,
): Auth | string {
  const { iss, sub, token_use: tokenUse, iat, exp, nbf } = claims;
  if (typeof iss !== 'string') return 'iss';
  if (typeof sub !== 'string' || sub === '') return 'sub';
  if (tokenUse !== 'access' && tokenUse !== 'id') return 'token_use';
  if (!isSeconds(exp)) return 'exp';
  if (!isSeconds(iat)) return 'iat';
  if (nbf !== undefined && !isSeconds(nbf)) return 'nbf';
  const isAccess = tokenUse === 'access';
  // A list as audience would make one token valid for several clients; user pools never issue one.
  const clientId = isAccess ? claims['client_id'] : claims['aud'];
  if (typeof clientId !== 'string' || clientId === '') return isAccess ? 'client_id' : 'aud';
  const username = isAccess ? claims['username'] : claims['cognito:username'];
  if (username !== undefined && typeof username !== 'string') return 'username';
  const groups = texts(claims['cognito:groups']);
  if (groups === undefined) return 'cognito:groups';
  const roles = texts(claims[rolesClaim]);
  if (roles === undefined) return rolesClaim;
  const { scope = '' } = claims;
  if (typeof scope !== 'string') return 'scope';
  return Object.freeze({
    tokenUse,
    sub,
    username,
    clientId,
    userPoolId,
    issuer: iss,
    groups,
    roles,
    scopes: isAccess && scope !== '' ? Object.freeze(scope.split(' ')) : NONE,
    issuedAtMs: iat * 1000,
    expiresAtMs: exp * 1000,
    claims: deepFreeze(claims),
  });
}

/** Whole seconds since 1970, up to the year 9999. JSON reads 1e400 as Infinity, which is refused. */
function isSeconds(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 253_402_300_800;
}

function texts(value: unknown): readonly string[] | undefined {
  if (value === undefined) return NONE;
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return undefined;
  return Object.freeze(value);
}

/** Also drops members named `__proto__`, which would change the prototype of an object that they are later copied into. */
function deepFreeze<Value extends object>(value: Value): Value {
  if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__');
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null) deepFreeze(member as object);
  }
  return Object.freeze(value);
}
