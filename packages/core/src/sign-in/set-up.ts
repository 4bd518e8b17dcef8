import { clientId, sub } from '../domain/ids.ts';
import { methodsToSetUp } from '../domain/mfa/mfa.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import type { SoftwareToken } from '../mfa/software-token.ts';
import type { TransactionContext } from '../operation.ts';
import { passwordMark } from '../passwords/password.ts';
import {
  newAttempt,
  openAttempt,
  poolOfSession,
  refuseAttempt,
  sealAttempt,
  type At,
  type SignInAttempt,
} from './attempt.ts';

/** A sign-in in which an authenticator application is being set up. */
export interface SetUp extends At {
  readonly attempt: SignInAttempt;
  readonly user: User;
}

/** An application whose code was right, and the time step of that code. */
export type VerifiedToken = SoftwareToken & { readonly step: number };

/**
 * How long a factor may be set up in a sign-in, however often its Session is renewed: as long as the API lets one Session live, or a password that
 * was proved once would be good without end. Source: API model, AuthSessionValidityType.
 */
const LONGEST_SET_UP_MS = 15 * 60_000;

type SetUpContext = TransactionContext<
  'NotAuthorizedException' | 'SoftwareTokenMFANotFoundException',
  'pools' | 'clients' | 'users' | 'configurations'
>;

/** Opens the Session of MFA_SETUP for the operations between question and answer; the task must still be due (security.md M08). */
export async function requireSetUp(ctx: SetUpContext, session: string): Promise<SetUp> {
  const refuse = (detail: string) => refuseAttempt(ctx, 'Session', detail);
  const poolId = poolOfSession(session) ?? refuse('of no pool');
  const pool = (await ctx.stores.pools.get(poolId)) ?? refuse('of no pool');
  const attempt = await openAttempt(ctx, pool, 'Session', session);
  if (attempt.step !== 'MFA_SETUP') refuse(`at ${attempt.step}`);
  const client = await ctx.stores.clients.get(clientId(attempt.clientId));
  if (client === undefined || client.poolId !== pool.id) return refuse('client is gone');
  const user = await ctx.stores.users.bySub({ poolId, sub: sub(attempt.subject.id) });
  if (user === undefined || attempt.subject.kind !== 'user') return refuse('user is gone');
  if (!user.enabled) ctx.fail('NotAuthorizedException', messages.userDisabled);
  if (passwordMark(user) !== attempt.passwordMark) refuse('another password');
  const configuration = await ctx.stores.configurations.get({ poolId, kind: 'mfa' });
  const missing = methodsToSetUp({ pool, user, proofs: attempt.proofs }, configuration?.value);
  if (missing.length === 0) refuse('nothing is to be set up');
  if (!missing.includes('SOFTWARE_TOKEN_MFA')) {
    ctx.fail('SoftwareTokenMFANotFoundException', messages.softwareTokenOff);
  }
  return { pool, client, attempt, user };
}

/** The Session that goes on, with the application that was made or verified. */
export async function continueSetUp(
  ctx: TransactionContext<never, never>,
  { pool, client, attempt }: SetUp,
  token: SoftwareToken & { readonly step?: number },
): Promise<string> {
  const untilMs = Number(attempt.memory['untilMs'] ?? ctx.nowMs + LONGEST_SET_UP_MS);
  const memory = { token: JSON.stringify(token), untilMs: String(untilMs) };
  const next = newAttempt(ctx, client, { ...attempt, memory });
  const expiresAtMs = Math.min(next.expiresAtMs, untilMs);
  return sealAttempt(ctx, pool, 'Session', { ...next, expiresAtMs });
}

/** The application that was made with the Session. */
export function tokenBeingSetUp({ memory }: SignInAttempt): SoftwareToken | undefined {
  const text = memory['token'];
  return text === undefined ? undefined : (JSON.parse(text) as SoftwareToken);
}

/** The application that was verified with the Session. */
export function verifiedToken(attempt: SignInAttempt): VerifiedToken | undefined {
  const token = tokenBeingSetUp(attempt);
  return token !== undefined && 'step' in token ? (token as VerifiedToken) : undefined;
}
