import { openState, randomUuid, sealState } from '../crypto/index.ts';
import type { VerifiableAttribute } from '../codes/codes.ts';
import { sub, type Sub } from '../domain/ids.ts';
import type { Proof } from '../domain/tokens/session.ts';
import type { User } from '../domain/users/user.ts';
import { tokenValidity } from '@poolhouse/rules';
import type { TransactionContext } from '../operation.ts';
import { refuseAttempt, type At } from './attempt.ts';

/** The purpose with which these sessions are sealed: none of them can answer a challenge. */
const PURPOSE = 'confirmed-session';
/** More than the longest content, so that every session has one size. */
const CONTENT_BYTES = 384;

/** Who confirmed a sign-up a moment ago, and the address that this proved. */
export interface ConfirmedSession {
  /** Noted when it is spent. */
  readonly id: string;
  readonly clientId: string;
  readonly sub: Sub;
  readonly proof: Proof;
  readonly expiresAtMs: number;
}

/** What ConfirmSignUp returns: one sign-in by USER_AUTH, as if a code had just been answered. */
export async function confirmedSession(
  ctx: TransactionContext<never, never>,
  { pool, client }: At,
  user: Pick<User, 'sub'>,
  proved: VerifiableAttribute,
): Promise<string> {
  const { random, nowMs } = ctx;
  const expiresAtMs = nowMs + tokenValidity(client.settings).sessionMs;
  const content: ConfirmedSession = {
    id: randomUuid(random),
    clientId: client.id,
    sub: user.sub,
    proof: { challenge: proved === 'email' ? 'EMAIL_OTP' : 'SMS_OTP', atMs: nowMs },
    expiresAtMs,
  };
  const key = (await ctx.secretsOf(pool.id)).subkey('sessions');
  return sealState(key, PURPOSE, content, expiresAtMs, { random, contentBytes: CONTENT_BYTES });
}

/** Opens one of this pool and app client, or ends as with any session that is worth nothing. */
export async function requireConfirmedSession(
  ctx: TransactionContext<'NotAuthorizedException', never>,
  { pool, client }: At,
  session: string,
): Promise<ConfirmedSession> {
  const key = (await ctx.secretsOf(pool.id)).subkey('sessions');
  const opened = openState<ConfirmedSession>(key, PURPOSE, session, ctx.nowMs);
  if (!opened.ok) return refuseAttempt(ctx, 'Session', opened.reason);
  if (opened.value.clientId !== client.id) refuseAttempt(ctx, 'Session', 'of another client');
  return { ...opened.value, sub: sub(opened.value.sub) };
}
