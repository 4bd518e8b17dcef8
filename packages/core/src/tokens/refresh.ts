import type { AuthenticationResultType } from '@poolhouse/model';
import { hashToken, sealedPlaces, looksLikeRefreshToken, successorOf } from '../crypto/index.ts';
import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { hasTrigger } from '../domain/pools/unbuilt-settings.ts';
import { messages } from '../domain/texts.ts';
import type { RefreshState } from '../ports/stores/sessions.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';
import { noteUse, sealLastUse } from './last-use.ts';
import { decideClaims, grantTokens, type TokenError } from './mint.ts';

/** What an app refreshes with. */
export interface GivenRefresh {
  readonly refreshToken: string;
  readonly deviceKey: string | undefined;
}

/** The session and user of a refresh token of this client, or the service's own refusal. Source: behaviour.md 7.4. */
export async function requireRefreshState(
  ctx: TransactionContext<'NotAuthorizedException', 'sessions' | 'devices'>,
  client: Client,
  { refreshToken, deviceKey }: GivenRefresh,
): Promise<RefreshState> {
  const state = looksLikeRefreshToken(refreshToken)
    ? await ctx.stores.sessions.byToken(hashToken(refreshToken))
    : undefined;
  if (state === undefined || state.session.clientId !== client.id) {
    return ctx.fail('NotAuthorizedException', messages.refreshTokenInvalid);
  }
  if (state.session.revokedAtMs !== undefined) {
    ctx.fail('NotAuthorizedException', messages.refreshTokenRevoked);
  }
  if (ctx.nowMs >= state.session.expiresAtMs) {
    ctx.fail('NotAuthorizedException', messages.refreshTokenExpired);
  }
  await requireOwnDevice(ctx, state, deviceKey);
  return state;
}

/** Refuses the session of a device without its key, and of one that was never confirmed or is forgotten. Source: settings.md 10#7; security.md R08. */
async function requireOwnDevice(
  ctx: TransactionContext<'NotAuthorizedException', 'devices'>,
  { session }: RefreshState,
  given: string | undefined,
): Promise<void> {
  const { deviceKey } = session;
  if (deviceKey === undefined) return;
  const isKnown =
    given === deviceKey && (await ctx.stores.devices.get(session, deviceKey)) !== undefined;
  if (!isKnown) ctx.fail('NotAuthorizedException', messages.refreshTokenInvalid, 'the device');
}

/** Source: API model, RetryGracePeriodSecondsType. */
const LONGEST_GRACE_MS = 60_000;

/**
 * New access and ID tokens of a session whose client does not rotate; the refresh token stays as it is. One that was rotated
 * out while the client did stays out, and after the longest grace that there is its use ends the session, as if the client still did.
 */
export async function refreshTokens(
  ctx: OperationContext<TokenError, 'groups' | 'sessions' | 'devices'>,
  pool: Pool,
  client: Client,
  given: GivenRefresh,
  state: RefreshState,
): Promise<AuthenticationResultType> {
  const { session, rotatedAtMs } = state;
  if (rotatedAtMs !== undefined) {
    if (ctx.nowMs - rotatedAtMs >= LONGEST_GRACE_MS) {
      await ctx.stores.sessions.revoke(session.id, ctx.nowMs);
      ctx.world.log.warn('refresh token reused, session revoked', { session: session.id });
    }
    ctx.fail('NotAuthorizedException', messages.refreshTokenRevoked, 'rotated out');
  }
  const tokens = await newTokens(ctx, pool, client, given, state);
  await noteUse(ctx, pool, client, session);
  return tokens;
}

/**
 * New tokens with a new refresh token, the successor of the one given. For the grace period (0 to 60 s) the old one gives the same
 * successor once more, as long as nobody has used that one: there is one line of tokens, whoever holds copies. The old one used
 * after its successor is refused, after the grace it ends the whole session (security.md R01). Rotation does not prolong the
 * session (R06).
 */
export async function rotateTokens(
  ctx: OperationContext<
    TokenError | 'RefreshTokenReuseException',
    'sessions' | 'groups' | 'devices'
  >,
  pool: Pool,
  client: Client,
  given: GivenRefresh,
  state: RefreshState,
): Promise<AuthenticationResultType> {
  const { session } = state;
  // Made first: a user who may have no tokens must not use up the refresh token.
  const tokens = await newTokens(ctx, pool, client, given, state);
  const secrets = await ctx.secretsOf(pool.id);
  const next = successorOf(secrets.subkey('refresh-tokens'), given.refreshToken);
  const graceMs = (client.settings.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0) * 1000;
  const { sealedLastUse } = await sealLastUse(ctx, client, sealedPlaces.lastUse(session.id));
  const rotation = await ctx.stores.sessions.rotate(
    hashToken(given.refreshToken),
    hashToken(next),
    ctx.nowMs,
    graceMs,
    sealedLastUse,
  );
  switch (rotation) {
    case 'rotated':
      return { ...tokens, RefreshToken: next };
    case 'overtaken':
      ctx.world.log.warn('refresh token used after its successor', { session: session.id });
      return ctx.fail('RefreshTokenReuseException', messages.refreshTokenReused);
    case 'reused':
      ctx.world.log.warn('refresh token reused, session revoked', { session: session.id });
      return ctx.fail('RefreshTokenReuseException', messages.refreshTokenReused);
    case 'missing':
      return ctx.fail('NotAuthorizedException', messages.refreshTokenRevoked);
  }
}

/** The access and ID tokens of a refresh token's session. */
async function newTokens(
  ctx: OperationContext<TokenError, 'groups' | 'sessions' | 'devices'>,
  pool: Pool,
  client: Client,
  given: GivenRefresh,
  state: RefreshState,
): Promise<AuthenticationResultType> {
  const { session, user } = state;
  const claims = await decideClaims(ctx, { pool, client, user, session }, 'RefreshTokens');
  // A function takes its time, in which the session may have ended. Where none is asked, nothing is read twice.
  const now = hasTrigger(pool, 'PreTokenGeneration')
    ? await requireRefreshState(ctx, client, given)
    : state;
  const sign = grantTokens(ctx, { pool, client, user: now.user, session: now.session }, claims);
  return sign(ctx);
}
