import { verifyJwt, type JwtClaims } from '../crypto/index.ts';
import type { Client } from '../domain/clients/client.ts';
import { clientId, poolId, sub, type PoolId } from '../domain/ids.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import type { OperationContext } from '../operation.ts';
import type { SessionStore } from '../ports/stores/sessions.ts';

/** The scope that a token needs at the user pool's own API. Source: behaviour.md 1.2. */
export const USER_ADMIN_SCOPE = 'aws.cognito.signin.user.admin';

/** The user whom an access token stands for. */
export interface SignedIn {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  /** The session that the token descends from. */
  readonly sessionId: string;
  /** When the user signed in, to the second. */
  readonly authTimeMs: number;
  /** The device of the session, as in its refresh token's session. */
  readonly deviceKey: string | undefined;
}

/**
 * The user behind one of our own access tokens, checked against the database: revocation, disabling and deletion take effect immediately
 * (security.md J09). It is recognised by key, pool and session, not by its issuer: one that was issued before the server or the pool
 * changed its address stays valid until it expires (ADR 5). Source: behaviour.md 1.2 and 7.4.
 */
export async function requireSignedIn(
  ctx: OperationContext<'NotAuthorizedException', 'pools' | 'clients' | 'users' | 'sessions'>,
  accessToken: string,
): Promise<SignedIn> {
  const invalid = (detail: string) =>
    ctx.fail('NotAuthorizedException', messages.accessTokenInvalid, detail);
  let claimed: PoolId | undefined;
  const checked = await verifyJwt(accessToken, async (kid, { iss }) => {
    claimed = poolOfIssuer(iss);
    const keys = claimed && (await ctx.world.signingKeys.of(claimed));
    return keys?.publicKeys.get(kid);
  });
  if (!checked.ok || claimed === undefined) return invalid('signature, form, or no pool of ours');
  const { claims } = checked;
  const text = (name: string): string =>
    typeof claims[name] === 'string' ? claims[name] : invalid(`no ${name}`);
  if (claims['token_use'] !== 'access') return invalid('not an access token');
  const pool = (await ctx.stores.pools.get(claimed)) ?? invalid('pool is gone');
  const { exp, iat } = claims;
  if (typeof exp !== 'number' || typeof iat !== 'number') return invalid('times');
  if (ctx.nowMs >= exp * 1000) ctx.fail('NotAuthorizedException', messages.accessTokenExpired);
  const scopes = typeof claims['scope'] === 'string' ? claims['scope'].split(' ') : [];
  if (!scopes.includes(USER_ADMIN_SCOPE)) {
    ctx.fail('NotAuthorizedException', messages.accessTokenWithoutScope);
  }
  const client = await ctx.stores.clients.get(clientId(text('client_id')));
  if (client === undefined || client.poolId !== pool.id) return invalid('client is gone');
  const sessionId = text(claims['origin_jti'] === undefined ? 'event_id' : 'origin_jti');
  const found = await ctx.stores.sessions.liveUser(pool.id, sub(text('sub')), sessionId);
  if (found === undefined) return invalid('user is gone');
  if (!isLive(found, claims, iat)) ctx.fail('NotAuthorizedException', messages.accessTokenRevoked);
  if (!found.user.enabled) ctx.fail('NotAuthorizedException', messages.userDisabled);
  const { auth_time: authTime = 0 } = claims;
  return {
    ...{ pool, client, user: found.user, sessionId, authTimeMs: Number(authTime) * 1000 },
    deviceKey: claims['device_key'] === undefined ? undefined : text('device_key'),
  };
}

/**
 * Tokens without `origin_jti` that were issued before they named their session by `event_id` are ended only by a global sign-out, to the
 * second; all of them expire within a day of the upgrade.
 */
function isLive(
  { user, session }: NonNullable<Awaited<ReturnType<SessionStore['liveUser']>>>,
  claims: JwtClaims,
  issuedAtSeconds: number,
): boolean {
  if (session !== 'unknown' || claims['origin_jti'] !== undefined) return session === 'live';
  return issuedAtSeconds > Math.floor((user.signedOutAtMs ?? 0) / 1000);
}

/** The pool that a token claims to come from, not trusted, only to find the keys for checking it. */
function poolOfIssuer(issuer: unknown): PoolId | undefined {
  if (typeof issuer !== 'string') return undefined;
  const id = issuer.slice(issuer.lastIndexOf('/') + 1);
  return /^[\w-]+_[0-9a-zA-Z]+$/.test(id) ? poolId(id) : undefined;
}
