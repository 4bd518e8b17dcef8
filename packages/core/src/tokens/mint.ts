import type { AuthenticationResultType } from '@poolhouse/model';
import { randomUuid, signJwt } from '../crypto/index.ts';
import { tokenClaims, type TokenClaims } from '../domain/tokens/claims.ts';
import type { Client } from '../domain/clients/client.ts';
import { issuerOf } from '../domain/tokens/issuer.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import { lacksFactor, tokenRefusal } from '../domain/tokens/token-gate.ts';
import type { Session } from '../domain/tokens/session.ts';
import { tokenValidity } from '@poolhouse/rules';
import type { User } from '../domain/users/user.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';
import type { TriggerError } from '../triggers/call-trigger.ts';
import { askForOverride, type TokenCause } from './ask-for-override.ts';

/** Whom tokens are made for. `user` and `session` are as they were last read. */
export interface Grant {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  readonly session: Session;
}

/** Errors that may prevent tokens from being made. */
export type TokenError = 'NotAuthorizedException' | TriggerError;

/** Signs what was granted. It needs the world, and so waits until the transaction is over. */
type Sign = (
  ctx: OperationContext<'NotAuthorizedException', never>,
) => Promise<AuthenticationResultType>;

/**
 * Decides what the tokens of a grant say, before anything is stored and never in a transaction, as a function of the pool's owner may be
 * asked. They show the user and the groups as this request read them, also where somebody changes those before the transaction: that is the
 * one state which the function was asked about, and a token that says less than the newest is what a sign-in of a moment before would
 * have given, to the same end. What must hold at once, {@link grantTokens} asks of the state as it is then.
 */
export async function decideClaims(
  ctx: OperationContext<TokenError, 'groups'>,
  grant: Grant,
  cause: TokenCause,
): Promise<TokenClaims> {
  // No function is asked about tokens that nobody may have.
  requireGrant(ctx, grant);
  const { pool, user } = grant;
  const { publicUrl, random, nowMs } = ctx;
  const groups = await ctx.stores.groups.ofUser(pool.id, user.sub);
  const jtis = { access: randomUuid(random), id: randomUuid(random) };
  const facts = { ...grant, groups, issuer: issuerOf(pool, publicUrl), nowMs, jtis };
  return tokenClaims(facts, await askForOverride(ctx, facts, cause));
}

/**
 * Grants tokens with the claims that were decided, and returns what signs them. **Every token of a user is made here and nowhere else**, so
 * that what {@link requireGrant} checks holds on every path. Callers have already returned the more specific errors; this is the last
 * check. A caller that starts a session asks in its transaction, so that a refusal leaves nothing behind.
 */
export function grantTokens(
  ctx: TransactionContext<'NotAuthorizedException', never>,
  grant: Grant,
  claims: TokenClaims,
): Sign {
  requireGrant(ctx, grant);
  const { pool, client } = grant;
  return async ({ world, fail }) => {
    const keys = await world.signingKeys.of(pool.id);
    if (keys === undefined) {
      return fail('NotAuthorizedException', messages.incorrectUsernameOrPassword, 'no keys');
    }
    const place = world.isBusy() ? 'threads' : 'here';
    const [AccessToken, IdToken] = await Promise.all([
      signJwt(keys.access, claims.access, place),
      signJwt(keys.id, claims.id, place),
    ]);
    return {
      AccessToken,
      ExpiresIn: Math.floor(tokenValidity(client.settings).accessMs / 1000),
      TokenType: 'Bearer',
      IdToken,
    };
  };
}

/**
 * The user is enabled, confirmed, and needs no new password; as many factors are proved as the pool requires; client and session belong to
 * this user and pool; the session is neither revoked nor expired.
 */
function requireGrant(
  ctx: TransactionContext<'NotAuthorizedException', never>,
  { pool, client, user, session }: Grant,
): void {
  const refuse = (detail: string) =>
    ctx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword, detail);
  const refusal = tokenRefusal(user);
  if (refusal === 'disabled') ctx.fail('NotAuthorizedException', messages.userDisabled);
  if (refusal !== undefined) refuse(refusal);
  if (lacksFactor(pool, session.proofs)) ctx.fail('NotAuthorizedException', messages.factorMissing);
  const ids = [client.poolId, user.poolId, session.poolId];
  if (ids.some((id) => id !== pool.id)) refuse('another pool');
  if (session.clientId !== client.id || session.sub !== user.sub) refuse('another session');
  if (session.revokedAtMs !== undefined) {
    ctx.fail('NotAuthorizedException', messages.refreshTokenRevoked);
  }
  if (ctx.nowMs >= session.expiresAtMs) {
    ctx.fail('NotAuthorizedException', messages.refreshTokenExpired);
  }
}
