import { decoySub } from '../crypto/index.ts';
import { takePasswordAttempt } from '../passwords/password-attempt.ts';
import { takeAnswerFromBudget } from '../limits/limits.ts';
import type { Trial } from '../limits/trial.ts';
import { findByName } from '../users/find-user.ts';
import { hidesUsers } from '../domain/clients/user-existence.ts';
import { sub } from '../domain/ids.ts';
import { isLocked, lockMsAfter } from '../domain/passwords/lockout.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import { nameKey, usesAddressesAsNames } from '../domain/users/sign-in-names.ts';
import type { User } from '../domain/users/user.ts';
import type { TransactionContext } from '../operation.ts';
import type { At, AttemptSubject } from './attempt.ts';

/** Longer names are aliases at most, and never go out again. Source: API model, UsernameType. */
const LONGEST_USERNAME = 128;

/**
 * Whom a sign-in is about. A decoy takes the place of a user where a name is nobody's: it is asked and refused like one, at the
 * same cost, so that the app client need not tell who exists (security.md S09, S12, B09).
 */
export type Subject =
  | { readonly kind: 'user'; readonly user: User }
  | {
      readonly kind: 'decoy';
      /** The same on every call and node. Attempts are counted by it, so that what people type, at times their password, is stored nowhere. */
      readonly id: string;
    };

/** The id of a typed name's decoy. */
export async function decoyId(
  ctx: TransactionContext<never, never>,
  pool: Pool,
  typed: string,
): Promise<string> {
  const key = (await ctx.secretsOf(pool.id)).subkey('simulated-users');
  return decoySub(key, nameKey(pool, typed));
}

/**
 * Whom a typed name means. Where the client hides who exists, a user who lacks what is going to be asked for is a decoy, too: `hasSecret`
 * tells.
 */
export async function identify(
  ctx: TransactionContext<never, 'users'>,
  { pool, client }: At,
  typed: string,
  hasSecret: (user: User) => boolean,
): Promise<Subject> {
  const user = await findByName(ctx, pool, typed);
  // Where the client tells who exists, nothing is ever counted or answered by the id.
  if (!hidesUsers(client))
    return user === undefined ? { kind: 'decoy', id: '' } : { kind: 'user', user };
  // Made for everybody: the time must not tell.
  const id = await decoyId(ctx, pool, typed);
  return user !== undefined && hasSecret(user) ? { kind: 'user', user } : { kind: 'decoy', id };
}

/** The subject of an attempt as it is now; `undefined` when USERNAME means somebody else, or the user is gone. */
export async function subjectOf(
  ctx: TransactionContext<never, 'users'>,
  { pool, client }: At,
  { kind, id }: AttemptSubject,
  username: string,
): Promise<Subject | undefined> {
  // A decoy is looked up, too, at the cost of a user.
  const user = await ctx.stores.users.bySub({ poolId: pool.id, sub: sub(id) });
  // USERNAME is what the challenge called USER_ID_FOR_SRP, or a name to sign in with.
  const isExact = kind === 'user' && username === user?.username;
  if (isExact && !hidesUsers(client)) return { kind, user };
  const named = await findByName(ctx, pool, username);
  const decoy = await decoyId(ctx, pool, username);
  if (kind === 'decoy') return username === id || decoy === id ? { kind, id } : undefined;
  return user !== undefined && (isExact || named?.sub === user.sub) ? { kind, user } : undefined;
}

/**
 * What a subject is called to the outside. Docs say a UUID for a decoy; a plain name that came in goes out again, or it would tell that it
 * does not exist.
 */
export function shownName(pool: Pool, subject: Subject, typed: string): string {
  if (subject.kind === 'user') return subject.user.username;
  const name = nameKey(pool, typed);
  const isPlain =
    !usesAddressesAsNames(pool) &&
    name.length <= LONGEST_USERNAME &&
    !/^[^@]+@[^@]+$|^\+\d+$/.test(name);
  return isPlain ? name : subject.id;
}

/** The attempt's name for a subject. */
export function attemptSubject(subject: Subject): AttemptSubject {
  return subject.kind === 'user'
    ? { kind: 'user', id: subject.user.sub }
    : { kind: 'decoy', id: subject.id };
}

/**
 * Refuses who may not even try, without counting: while a lock holds, unless nobody finds the answer by trying, and, where the client tells
 * who exists, disabled and unconfirmed users; where it hides them, only who knows the password is told. Source: behaviour.md 6.1, 6.2.
 */
export async function requireAdmissible(
  ctx: TransactionContext<'NotAuthorizedException' | 'UserNotConfirmedException', 'limits'>,
  { pool, client }: At,
  subject: Subject,
  { isUnguessable = false }: { readonly isUnguessable?: boolean } = {},
): Promise<void> {
  if (!isUnguessable && (await isSubjectLocked(ctx, { pool, client }, subject))) {
    ctx.fail('NotAuthorizedException', messages.attemptsExceeded);
  }
  if (subject.kind === 'decoy' || hidesUsers(client)) return;
  const { enabled, status } = subject.user;
  if (!enabled) ctx.fail('NotAuthorizedException', messages.userDisabled);
  if (status === 'UNCONFIRMED') {
    ctx.fail('UserNotConfirmedException', messages.userNotConfirmed);
  }
}

async function isSubjectLocked(
  ctx: TransactionContext<never, 'limits'>,
  { pool, client }: At,
  subject: Subject,
): Promise<boolean> {
  if (!hidesUsers(client)) return subject.kind === 'user' && isLocked(subject.user, ctx.nowMs);
  // Read for everybody where users are hidden: what only decoys need would tell them by its time.
  const id = subject.kind === 'user' ? subject.user.sub : subject.id;
  const isDecoyLocked = await ctx.stores.limits.isLocked(pool.id, id, ctx.nowMs, lockMsAfter);
  return subject.kind === 'user' ? isLocked(subject.user, ctx.nowMs) : isDecoyLocked;
}

/** Takes one attempt at the subject before its secret is looked at; a decoy's counts where the client hides who exists. */
export async function takeAttempt(
  ctx: TransactionContext<'NotAuthorizedException', 'users' | 'limits'>,
  trial: Trial,
  { pool, client }: At,
  subject: Subject,
): Promise<void> {
  if (subject.kind === 'user') return takePasswordAttempt(ctx, trial, subject.user);
  if (!hidesUsers(client)) return;
  const { limits } = ctx.stores;
  const attempt =
    (await limits.takePasswordAttempt(pool.id, subject.id, ctx.nowMs, lockMsAfter)) ??
    ctx.fail('NotAuthorizedException', messages.attemptsExceeded);
  trial.stake({ giveBack: () => limits.giveBackPasswordAttempt(pool.id, subject.id, attempt) });
}

/** A challenge that may bound the wrong answers to it. */
interface Limited {
  readonly name: string;
  readonly limit?: { readonly wrongAnHour?: number };
}

/** Takes one of the wrong answers that the challenge itself allows, of the same subjects as {@link takeAttempt}. */
export async function takeAnswer(
  ctx: TransactionContext<'TooManyRequestsException', 'limits'>,
  trial: Trial,
  { pool, client }: At,
  subject: Subject,
  { name, limit: { wrongAnHour } = {} }: Limited,
): Promise<void> {
  if (wrongAnHour === undefined || (subject.kind === 'decoy' && !hidesUsers(client))) return;
  const { id } = attemptSubject(subject);
  await takeAnswerFromBudget(ctx, trial, pool.id, id, { name, wrongAnHour });
}

/**
 * Ends the attempt with what a wrong secret gets. Where the client tells who exists, a decoy is told as nobody, and people who were imported without a
 * password that they have to choose one; whose password an administrator has reset is told so once it was right. Source: behaviour.md 6.1.
 */
export function refuseWrong(
  ctx: TransactionContext<
    'NotAuthorizedException' | 'UserNotFoundException' | 'PasswordResetRequiredException',
    never
  >,
  trial: Trial,
  { client }: At,
  subject: Subject,
  detail: string,
): never {
  trial.foundWrong();
  if (!hidesUsers(client)) {
    if (subject.kind === 'decoy') ctx.fail('UserNotFoundException', messages.userNotFound);
    requireChosenPassword(ctx, subject.user);
  }
  return ctx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword, detail);
}

/** Tells people who were imported without a password that they have to choose one. Source: behaviour.md 6.1. */
export function requireChosenPassword(
  ctx: TransactionContext<'PasswordResetRequiredException', never>,
  { status, sealedPassword }: Pick<User, 'status' | 'sealedPassword'>,
): void {
  if (status === 'RESET_REQUIRED' && sealedPassword === undefined) {
    ctx.fail('PasswordResetRequiredException', messages.passwordResetRequired);
  }
}
