import { codeMac, equalInConstantTime, randomUuid } from '../crypto/index.ts';
import type { CodePlace, SentCode } from '../domain/passwords/code.ts';
import { messages } from '../domain/texts.ts';
import type { TransactionContext } from '../operation.ts';
import type { SignedIn } from '../tokens/authenticate.ts';

/** How long a registration that was begun can be completed: a browser asks for one minute, and people start over. */
const LIFETIME_MS = 180_000;
/** Source: settings.md 9#2. */
const CHALLENGE_BYTES = 16;

type Who = Pick<SignedIn, 'user' | 'client'>;

function placeOf({ user: { poolId, sub } }: Who): CodePlace {
  return { poolId, sub, purpose: 'register-passkey', attribute: '' };
}

/** Draws the challenge of a registration. It is kept like a code, as a MAC, and replaces the user's former one. */
export async function beginRegistration(
  ctx: TransactionContext<never, 'codes'>,
  who: Who,
): Promise<string> {
  const challenge = ctx.random.bytes(CHALLENGE_BYTES).toString('base64url');
  const pending = {
    ...placeOf(who),
    rowId: randomUuid(ctx.random),
    clientId: who.client.id,
    createdAtMs: ctx.nowMs,
    expiresAtMs: ctx.nowMs + LIFETIME_MS,
    attemptsLeft: 1,
  };
  const key = await keyOf(ctx, who);
  await ctx.stores.codes.put({ ...pending, mac: macOf(key, pending, challenge) });
  return challenge;
}

/**
 * Requires that the user has begun a registration with this challenge, by the same app client. Source: API model,
 * CompleteWebAuthnRegistration; settings.md 9#7.
 */
export async function requirePending(
  ctx: TransactionContext<
    'WebAuthnChallengeNotFoundException' | 'WebAuthnClientMismatchException',
    'codes'
  >,
  who: Who,
  challenge: string,
): Promise<void> {
  const pending = await ctx.stores.codes.find(placeOf(who), ctx.nowMs);
  const key = await keyOf(ctx, who);
  if (pending === undefined || !matches(key, pending, challenge)) return gone(ctx);
  if (pending.clientId !== who.client.id) {
    ctx.fail('WebAuthnClientMismatchException', messages.passkeyOfOtherClient);
  }
}

/** Uses the challenge up, in the transaction that adds the passkey: of several who complete one registration, one does. */
export async function spendPending(
  ctx: TransactionContext<'WebAuthnChallengeNotFoundException', 'codes'>,
  who: Who,
  challenge: string,
): Promise<void> {
  const key = await keyOf(ctx, who);
  const spent = await ctx.stores.codes.consume(placeOf(who), ctx.nowMs, (pending) =>
    matches(key, pending, challenge),
  );
  if (spent !== 'right') gone(ctx);
}

function gone(ctx: TransactionContext<'WebAuthnChallengeNotFoundException', never>): never {
  return ctx.fail('WebAuthnChallengeNotFoundException', messages.passkeyChallengeNotFound);
}

type CodeKey = Parameters<typeof codeMac>[0];

async function keyOf(ctx: TransactionContext<never, never>, { user }: Who): Promise<CodeKey> {
  return (await ctx.secretsOf(user.poolId)).subkey('codes');
}

function macOf(key: CodeKey, pending: Omit<SentCode, 'mac'>, challenge: string): string {
  const { poolId, sub: userSub, purpose, attribute, clientId, rowId } = pending;
  return codeMac(key, { purpose, poolId, userSub, clientId, attribute, rowId }, challenge);
}

function matches(key: CodeKey, pending: SentCode, challenge: string): boolean {
  return equalInConstantTime(macOf(key, pending, challenge), pending.mac);
}
