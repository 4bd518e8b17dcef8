import { openState, randomUuid, sealState } from '../crypto/index.ts';
import type { Client } from '../domain/clients/client.ts';
import { clientId, poolId, sub, type PoolId, type Sub } from '../domain/ids.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { TransactionContext } from '../operation.ts';
import { PoolGoneError } from '../ports/stores/index.ts';
import { codeLifetimeMs } from './codes.ts';

/** The purpose with which these sessions are sealed: none of them can answer a challenge. */
const WAITING_SESSION = 'waiting-session';
/** More than the longest content, so that every session has one size. */
const CONTENT_BYTES = 256;

interface WaitingSession {
  readonly clientId: string;
  readonly sub: Sub;
}

/** What SignUp returns: good only for {@link isConfirmed} and ConfirmSignUp, and as long as the code or link is valid. */
export async function waitingSession(
  ctx: TransactionContext<never, never>,
  pool: Pool,
  client: Client,
  userSub: Sub,
): Promise<string> {
  const key = (await ctx.secretsOf(pool.id)).subkey('sessions');
  const content: WaitingSession = { clientId: client.id, sub: userSub };
  return sealState(key, WAITING_SESSION, content, ctx.nowMs + codeLifetimeMs['confirm-sign-up'], {
    random: ctx.random,
    contentBytes: CONTENT_BYTES,
  });
}

/** Whose session from SignUp it is; `undefined` for one that is invalid, expired, or of another app client. */
export async function whoWaits(
  ctx: TransactionContext<never, never>,
  pool: PoolId,
  client: Client,
  session: string,
): Promise<Sub | undefined> {
  const key = (await ctx.secretsOf(pool)).subkey('sessions');
  const opened = openState<WaitingSession>(key, WAITING_SESSION, session, ctx.nowMs);
  return opened.ok && opened.value.clientId === client.id ? opened.value.sub : undefined;
}

/**
 * Whether the account of a session from SignUp has been confirmed. An invalid or expired session, one of another app client, and a user who
 * no longer exists all count as not confirmed: with the same work, and without a reason. Source: ADR 19.
 */
export async function isConfirmed(
  ctx: TransactionContext<never, 'clients' | 'users'>,
  asked: { readonly poolId: string; readonly clientId: string; readonly session: string },
): Promise<boolean> {
  const pool = poolId(asked.poolId);
  const client = await ctx.stores.clients.get(clientId(asked.clientId));
  if (client?.poolId !== pool) return false;
  try {
    const own = await whoWaits(ctx, pool, client, asked.session);
    const nobody = sub(randomUuid(ctx.random));
    const user = await ctx.stores.users.bySub({ poolId: pool, sub: own ?? nobody });
    return user !== undefined && user.status !== 'UNCONFIRMED';
  } catch (error) {
    if (error instanceof PoolGoneError) return false;
    throw error;
  }
}
