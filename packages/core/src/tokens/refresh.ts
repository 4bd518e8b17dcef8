import type { AuthenticationResultType } from '@poolhouse/model';
import { hashToken, looksLikeRefreshToken, successorOf } from '../crypto/index.ts';
import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import type { RefreshState } from '../ports/stores/token-families.ts';
import type { Cx } from '../operation.ts';
import { mintTokens } from './mint.ts';

/** The family and user of a refresh token of this client, or the service's own refusal. Source: behaviour.md 7.4. */
export async function requireRefreshState(
  cx: Cx<'NotAuthorizedException', 'tokenFamilies'>,
  client: Client,
  refreshToken: string,
): Promise<RefreshState> {
  const state = looksLikeRefreshToken(refreshToken)
    ? await cx.stores.tokenFamilies.byToken(hashToken(refreshToken))
    : undefined;
  if (state === undefined || state.family.clientId !== client.id) {
    return cx.fail('NotAuthorizedException', messages.refreshTokenInvalid);
  }
  if (state.family.revokedAtMs !== undefined) {
    cx.fail('NotAuthorizedException', messages.refreshTokenRevoked);
  }
  if (cx.nowMs >= state.family.expiresAtMs) {
    cx.fail('NotAuthorizedException', messages.refreshTokenExpired);
  }
  return state;
}

/** Source: API model, RetryGracePeriodSecondsType. */
const LONGEST_GRACE_MS = 60_000;

/**
 * New access and ID tokens of a family whose client does not rotate; the refresh token stays as it is. One that was rotated
 * out while the client did stays out, and after the longest grace that there is its use ends the family, as if the client still did.
 */
export async function refreshTokens(
  cx: Cx<'NotAuthorizedException' | 'UnexpectedLambdaException', 'groups' | 'tokenFamilies'>,
  pool: Pool,
  client: Client,
  { family, user, rotatedAtMs }: RefreshState,
): Promise<AuthenticationResultType> {
  if (rotatedAtMs !== undefined) {
    if (cx.nowMs - rotatedAtMs >= LONGEST_GRACE_MS) {
      await cx.stores.tokenFamilies.revoke(family.id, cx.nowMs);
      cx.world.log.warn('refresh token reused, family revoked', { family: family.id });
    }
    cx.fail('NotAuthorizedException', messages.refreshTokenRevoked, 'rotated out');
  }
  return mintTokens(cx, { pool, client, user, family });
}

/**
 * New tokens with a new refresh token, the successor of the one given. For the grace period (0 to 60 s) the old one gives the same
 * successor once more, as long as nobody has used that one: there is one line of tokens, whoever holds copies. The old one used
 * after its successor is refused, after the grace it ends the whole family (security.md R01). Rotation does not prolong the
 * family (R06).
 */
export async function rotateTokens(
  cx: Cx<
    'NotAuthorizedException' | 'RefreshTokenReuseException' | 'UnexpectedLambdaException',
    'tokenFamilies' | 'groups'
  >,
  pool: Pool,
  client: Client,
  refreshToken: string,
  { family, user }: RefreshState,
): Promise<AuthenticationResultType> {
  // Made first: a user who may have no tokens must not use up the refresh token.
  const tokens = await mintTokens(cx, { pool, client, user, family });
  const secrets = await cx.world.vault.of(pool.id);
  const next = successorOf(secrets.subkey('refresh-tokens'), refreshToken);
  const graceMs = (client.settings.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0) * 1000;
  const rotation = await cx.stores.tokenFamilies.rotate(
    hashToken(refreshToken),
    hashToken(next),
    cx.nowMs,
    graceMs,
  );
  switch (rotation) {
    case 'rotated':
      return { ...tokens, RefreshToken: next };
    case 'overtaken':
      cx.world.log.warn('refresh token used after its successor', { family: family.id });
      return cx.fail('RefreshTokenReuseException', messages.refreshTokenReused);
    case 'reused':
      cx.world.log.warn('refresh token reused, family revoked', { family: family.id });
      return cx.fail('RefreshTokenReuseException', messages.refreshTokenReused);
    case 'missing':
      return cx.fail('NotAuthorizedException', messages.refreshTokenRevoked);
  }
}
