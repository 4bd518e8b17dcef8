import type { AuthenticationResultType } from '@poolhouse/model';
import { requireNoTrigger } from '../triggers/fail-closed.ts';
import { randomUuid, signJwt } from '../crypto/index.ts';
import { tokenClaims } from '../domain/tokens/claims.ts';
import type { Client } from '../domain/clients/client.ts';
import { issuerOf } from '../domain/tokens/issuer.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import { lacksFactor, tokenRefusal } from '../domain/tokens/token-gate.ts';
import type { Session } from '../domain/tokens/session.ts';
import { tokenValidity } from '@poolhouse/rules';
import type { User } from '../domain/users/user.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';

/** For whom tokens are made. `user` and `session` are as the database has them now. */
export interface Grant {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  readonly session: Session;
}

/** Signs what was granted. It needs the world, and so waits until a transaction is over. */
type Sign = (
  ctx: OperationContext<'NotAuthorizedException', never>,
) => Promise<AuthenticationResultType>;

/**
 * Decides what the access and ID tokens of a grant say, and answers what signs them. **Every token of a user is made here and
 * nowhere else**, so these checks hold on every path: enabled, confirmed, not waiting for a new password, as many factors
 * proved as the pool requires, client and session of this user and pool, session neither revoked nor over. Callers have given the more telling errors before; these are the last
 * word. Whoever starts a session asks in its transaction, so that a refusal leaves nothing behind.
 */
export async function grantTokens(
  ctx: TransactionContext<'NotAuthorizedException' | 'UnexpectedLambdaException', 'groups'>,
  grant: Grant,
): Promise<Sign> {
  const { pool, client, user, session } = grant;
  const refuse = (detail: string) =>
    ctx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword, detail);
  // What it would have taken out of the tokens must not be in them.
  requireNoTrigger(ctx, pool, 'PreTokenGeneration');
  const refusal = tokenRefusal(user);
  if (refusal === 'disabled') ctx.fail('NotAuthorizedException', messages.userDisabled);
  if (refusal !== undefined) return refuse(refusal);
  if (lacksFactor(pool, session.proofs)) ctx.fail('NotAuthorizedException', messages.mfaNotBuilt);
  const ids = [client.poolId, user.poolId, session.poolId];
  if (ids.some((id) => id !== pool.id)) return refuse('another pool');
  if (session.clientId !== client.id || session.sub !== user.sub) return refuse('another session');
  if (session.revokedAtMs !== undefined) {
    ctx.fail('NotAuthorizedException', messages.refreshTokenRevoked);
  }
  if (ctx.nowMs >= session.expiresAtMs) {
    ctx.fail('NotAuthorizedException', messages.refreshTokenExpired);
  }
  const { publicUrl, random, nowMs } = ctx;
  const groups = await ctx.stores.groups.ofUser(pool.id, user.sub);
  const jtis = { access: randomUuid(random), id: randomUuid(random) };
  const claims = tokenClaims({ ...grant, groups, issuer: issuerOf(pool, publicUrl), nowMs, jtis });
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

/** The access and ID tokens of a grant whose session exists already. */
export async function mintTokens(
  ctx: OperationContext<'NotAuthorizedException' | 'UnexpectedLambdaException', 'groups'>,
  grant: Grant,
): Promise<AuthenticationResultType> {
  const sign = await grantTokens(ctx, grant);
  return sign(ctx);
}
