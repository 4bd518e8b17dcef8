import type { ChallengeNameType } from '@poolhouse/model';
import { openState, randomUuid, sealState } from '../crypto/index.ts';
import type { Client } from '../domain/clients/client.ts';
import { tokenValidity } from '@poolhouse/rules';
import type { AcrLevel } from '../domain/pools/acr-levels.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { Proof, SignInOrigin } from '../domain/tokens/session.ts';
import { poolId, type PoolId } from '../domain/ids.ts';
import { messages } from '../domain/texts.ts';
import type { TransactionContext } from '../operation.ts';

/** The app client of a sign-in and its pool. */
export interface At {
  readonly pool: Pool;
  readonly client: Client;
}

/** Whom an attempt is about. A decoy answers like a user and never signs in; see `identify.ts`. */
export type AttemptSubject = {
  readonly kind: 'user' | 'decoy';
  /** The user's `sub`, or the decoy's id. */
  readonly id: string;
};

/** One answer in a sign-in that the pool's functions direct, as they hear of it. */
export interface Answered {
  /** SRP_A: a sign-in that begins with the password, of which nothing is proved by that yet. */
  readonly challenge: ChallengeNameType | 'SRP_A';
  readonly isRight: boolean;
  /** What the function that made the challenge called it. */
  readonly metadata?: string;
}

/**
 * What the server knows of a sign-in between two requests: its only memory, sealed, and held by the client. The first answer that is
 * accepted spends it. A wrong answer leaves it as it is and counts at the user.
 */
export interface SignInAttempt {
  /** Noted when the attempt is spent. */
  readonly id: string;
  readonly clientId: string;
  readonly subject: AttemptSubject;
  readonly origin: SignInOrigin;
  readonly startedAtMs: number;
  /** Of the event that the sign-in is; absent in one that a build of before began. */
  readonly eventId?: string;
  readonly expiresAtMs: number;
  /** In their order. */
  readonly proofs: readonly Proof[];
  /** Of the password that was proved: when the password changes, the attempt is worth nothing. Empty where none was proved. */
  readonly passwordMark: string;
  /** The challenge that was asked. */
  readonly step: ChallengeNameType;
  /** The challenges that may be chosen, where that one is a choice. */
  readonly offered?: readonly ChallengeNameType[];
  /** Which answer to that challenge it waits for, from 1; each round has an attempt of its own. */
  readonly round: number;
  /** DEVICE_KEY, where the app has named one. */
  readonly deviceKey?: string;
  /** What the challenge itself has to remember until its answer. */
  readonly memory: Readonly<Record<string, string>>;
  /** The level that the sign-in has to reach, if its app asked for one. */
  readonly target?: AcrLevel;
  /** The session whose proof counts in this sign-in, too. */
  readonly creditOf?: string;
  /** The answers so far, in a sign-in that the pool's functions direct; absent in all others, and once the functions have decided for tokens. */
  readonly history?: readonly Answered[];
}

/** As a node may have sealed it that still runs a build of before: proofs in two lists, or without their times, and no rounds. */
type FormerAttempt = Omit<SignInAttempt, 'proofs' | 'round'> & {
  readonly proved: readonly ChallengeNameType[];
  readonly provedAtMs?: readonly number[];
};

/** The member of the API that carries an attempt to the client and back. */
export type Carrier = 'Session' | 'SECRET_BLOCK';

interface CarrierForm {
  readonly purpose: string;
  /** Whether the pool's id stands before it, for operations that name neither pool nor app client. */
  readonly namesPool: boolean;
  readonly form: 'base64' | 'base64url';
  /** More than the longest content needs, so that every attempt has one size, whoever it is about (security.md S09). */
  readonly contentBytes: number;
}

/**
 * `Session` has at most 2,048 characters, which is as much as a pool's own functions may have remembered in it (ADR 33). Source: API model,
 * SessionType.
 */
const carriers: Readonly<Record<Carrier, CarrierForm>> = {
  Session: { purpose: 'sign-in-session', namesPool: true, form: 'base64url', contentBytes: 1_440 },
  SECRET_BLOCK: {
    purpose: 'sign-in-secret-block',
    namesPool: false,
    form: 'base64',
    contentBytes: 2_304,
  },
};

/** The next attempt of a sign-in: another id, and as long a life as the app client gives a challenge. */
export function newAttempt(
  ctx: TransactionContext<never, never>,
  client: Client,
  attempt: Omit<SignInAttempt, 'id' | 'clientId' | 'expiresAtMs'>,
): SignInAttempt {
  return {
    ...attempt,
    id: randomUuid(ctx.random),
    clientId: client.id,
    expiresAtMs: ctx.nowMs + tokenValidity(client.settings).sessionMs,
  };
}

/** Whether an attempt can be sealed: only what functions of a pool's owner have returned can be too much. */
export function fits(carrier: Carrier, attempt: SignInAttempt): boolean {
  return Buffer.byteLength(JSON.stringify(attempt)) <= carriers[carrier].contentBytes;
}

/** Seals an attempt; the length of the text tells nothing about what is in it. */
export async function sealAttempt(
  ctx: TransactionContext<never, never>,
  pool: Pool,
  carrier: Carrier,
  attempt: SignInAttempt,
): Promise<string> {
  const { random } = ctx;
  const { purpose, namesPool, form, contentBytes } = carriers[carrier];
  const key = (await ctx.secretsOf(pool.id)).subkey('sessions');
  const options = { random, form, contentBytes };
  const sealed = sealState(key, purpose, attempt, attempt.expiresAtMs, options);
  return namesPool ? `${pool.id}.${sealed}` : sealed;
}

/**
 * Opens an attempt of this pool and app client at the challenge that is answered, or ends in the words of its carrier: whatever is
 * wrong with a secret block is a wrong password (behaviour.md 6.6), a session is told apart (6.4).
 */
export async function requireAttempt(
  ctx: TransactionContext<'NotAuthorizedException', never>,
  { pool, client }: At,
  carrier: Carrier,
  text: string,
  step: ChallengeNameType,
): Promise<SignInAttempt> {
  const attempt = await openAttempt(ctx, pool, carrier, text);
  if (attempt.clientId !== client.id) refuseAttempt(ctx, carrier, 'of another client');
  if (attempt.step !== step) refuseAttempt(ctx, carrier, `at ${attempt.step}`);
  return attempt;
}

/** The pool that a Session says it is of; not trusted, only to find the key that opens it. `undefined`: no id of a pool. */
export function poolOfSession(session: string): PoolId | undefined {
  const id = session.slice(0, Math.max(0, session.lastIndexOf('.')));
  return /^[\w-]+_[0-9a-zA-Z]+$/.test(id) ? poolId(id) : undefined;
}

/** Opens an attempt of this pool, whichever app client and step it is of. */
export async function openAttempt(
  ctx: TransactionContext<'NotAuthorizedException', never>,
  pool: Pool,
  carrier: Carrier,
  text: string,
): Promise<SignInAttempt> {
  const { purpose, namesPool, form } = carriers[carrier];
  const key = (await ctx.secretsOf(pool.id)).subkey('sessions');
  // A build of before has named no pool.
  const sealed = namesPool ? text.slice(text.lastIndexOf('.') + 1) : text;
  const opened = openState<SignInAttempt | FormerAttempt>(key, purpose, sealed, ctx.nowMs, {
    form,
  });
  return opened.ok ? presentAttempt(opened.value) : refuseAttempt(ctx, carrier, opened.reason);
}

/** A proof without a time is dated from the beginning of its sign-in. */
function presentAttempt(stored: SignInAttempt | FormerAttempt): SignInAttempt {
  if ('proofs' in stored) return stored;
  const { proved, provedAtMs = [], ...rest } = stored;
  const proofs = proved.map((challenge, index) => ({
    challenge,
    atMs: provedAtMs[index] ?? stored.startedAtMs,
  }));
  return { ...rest, proofs, round: 1 };
}

/** Ends with what an attempt that is worth nothing gets. */
export function refuseAttempt(
  ctx: TransactionContext<'NotAuthorizedException', never>,
  carrier: Carrier,
  detail: string,
): never {
  if (carrier === 'SECRET_BLOCK') {
    return ctx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword, detail);
  }
  const text = detail === 'expired' ? messages.expiredSession : messages.invalidSession;
  return ctx.fail('NotAuthorizedException', text, detail);
}

/** Uses up an attempt; a second use is refused in the words of its carrier (security.md S05, S17; settings.md 6). */
export async function spendAttempt(
  ctx: TransactionContext<'NotAuthorizedException', 'replayCache'>,
  carrier: Carrier,
  { id, expiresAtMs }: Pick<SignInAttempt, 'id' | 'expiresAtMs'>,
): Promise<void> {
  if (!(await ctx.stores.replayCache.spend(id, expiresAtMs))) refuseSpent(ctx, carrier);
}

/** Refuses an attempt that was used up before. Its code may have been used up with it: that is no wrong code. */
export async function requireUnspent(
  ctx: TransactionContext<'NotAuthorizedException', 'replayCache'>,
  carrier: Carrier,
  { id }: Pick<SignInAttempt, 'id'>,
): Promise<void> {
  if (await ctx.stores.replayCache.isSpent(id)) refuseSpent(ctx, carrier);
}

function refuseSpent(
  ctx: TransactionContext<'NotAuthorizedException', never>,
  carrier: Carrier,
): never {
  const text = carrier === 'Session' ? messages.usedSession : messages.invalidSession;
  return ctx.fail('NotAuthorizedException', text, 'attempt used before');
}
