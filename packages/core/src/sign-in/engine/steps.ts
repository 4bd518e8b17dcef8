import type { ChallengeNameType } from '@poolhouse/model';
import { passwordMark } from '../../passwords/password.ts';
import type { Trial } from '../../limits/trial.ts';
import { tell } from '../../triggers/tell.ts';
import { refOf } from '../../users/find-user.ts';
import { messages } from '../../domain/texts.ts';
import type { ConfigurationKind } from '../../domain/pools/pool-configuration.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import type { Proof, SignInOrigin } from '../../domain/tokens/session.ts';
import type { User } from '../../domain/users/user.ts';
import type { OperationContext, TransactionContext } from '../../operation.ts';
import {
  type At,
  newAttempt,
  refuseAttempt,
  requireUnspent,
  sealAttempt,
  spendAttempt,
  type SignInAttempt,
} from '../attempt.ts';
import type {
  Challenge,
  ChoiceChallenge,
  FactorChallenge,
  Given,
  Question,
  SharedError,
  TaskChallenge,
  TaskError,
  Verdict,
  WrongCode,
} from '../challenges/challenge.ts';
import type { Challenges } from '../challenges/index.ts';
import { completeSignIn, type SignInStore } from '../complete.ts';
import {
  attemptSubject,
  refuseWrong,
  requireAdmissible,
  takeAnswer,
  takeAttempt,
  type Subject,
} from '../identify.ts';
import {
  nextStep,
  type NextStep,
  type StepConfigurations,
  type StepRefusal,
  type Turn,
} from '../next-step.ts';
import type { Outcome } from '../outcome.ts';

/** How far a sign-in has come. */
export interface Progress extends At {
  readonly challenges: Challenges;
  /** What the challenges need of the pool's configurations for this user: each is read once a request, when it is first asked for. */
  readonly configurations: (user: User) => Promise<StepConfigurations>;
  readonly origin: SignInOrigin;
  readonly startedAtMs: number;
  /** In their order. */
  readonly proofs: readonly Proof[];
  /** Of the user's password when the first of them was; empty before. */
  readonly passwordMark: string;
  /** The attempt that led here and is not spent yet. */
  readonly attempt?: SignInAttempt;
  /** The first factors to choose from, in a sign-in by choice that has proved none. */
  readonly available?: readonly ChallengeNameType[];
  /** A verifier made of the password just proved, for a user who has none yet. */
  readonly sealedSrp?: string;
}

/** An attempt at a secret. */
export interface FactorAttempt {
  readonly factor: FactorChallenge;
  readonly subject: Subject;
  readonly given: Given;
  /** Ends an answer with what its challenge says about a wrong one; a first request is told of a wrong password. */
  readonly tell?: (told: WrongCode, detail: string) => never;
}

type AnotherRound = Extract<Verdict, { readonly kind: 'another-round' }>;

/** Counts an attempt, then checks it, and goes on if it is right. Its budget has already been taken. */
export async function checkFactor(
  ctx: OperationContext<SharedError, SignInStore>,
  trial: Trial,
  progress: Progress,
  { factor, subject, given, tell: tellWrong }: FactorAttempt,
): Promise<Outcome> {
  const { pool, client, attempt } = progress;
  // A code that is right must not be used up by an attempt that is worth nothing; a secret block is used up with its own proof.
  if (attempt !== undefined && factor.carrier === 'Session') {
    await requireUnspent(ctx, factor.carrier, attempt);
  }
  await requireAdmissible(ctx, progress, subject, factor);
  if (!factor.isUnguessable) await takeAttempt(ctx, trial, progress, subject);
  await takeAnswer(ctx, trial, progress, subject, factor);
  const memory = attempt?.memory ?? {};
  const verdict = await factor.check(ctx, subject, { pool, client, given, memory });
  if (verdict.kind === 'another-round') {
    return askAgain(ctx, trial, progress, { factor, subject, verdict });
  }
  if (verdict.kind === 'wrong' || subject.kind === 'decoy') {
    if (attempt !== undefined) await requireUnspent(ctx, factor.carrier, attempt);
    tellFailure(ctx, progress, subject);
    const { detail, told } = verdict.kind === 'wrong' ? verdict : { detail: 'decoy' };
    if (told === undefined || tellWrong === undefined) {
      return refuseWrong(ctx, trial, progress, subject, detail);
    }
    trial.foundWrong();
    return tellWrong(told, detail);
  }
  const { user } = subject;
  const next = {
    ...{ ...progress, available: undefined },
    answered: factor.name,
    proofs: [...progress.proofs, { challenge: factor.name, atMs: ctx.nowMs, ...verdict.proof }],
    passwordMark: progress.passwordMark || passwordMark(user),
    sealedSrp: verdict.sealedSrp,
  };
  return proceed(ctx, trial, next, user);
}

function tellFailure(
  ctx: OperationContext<never, never>,
  { pool, client }: At,
  subject: Subject,
): void {
  const user = subject.kind === 'user' ? subject.user : undefined;
  tell(ctx, { kind: 'sign-in-failure', pool, client, user });
}

/** Asks the next round of a challenge, of decoys too, unless it was the last. What was answered is spent first: nobody answers a round twice. */
async function askAgain(
  ctx: OperationContext<SharedError, SignInStore>,
  trial: Trial,
  progress: Progress,
  {
    factor,
    subject,
    verdict,
  }: Pick<FactorAttempt, 'factor' | 'subject'> & { readonly verdict: AnotherRound },
): Promise<Outcome> {
  if (verdict.answered === 'wrong') {
    // Before the attempt is spent: who answers one round many times at once has guessed as often.
    trial.foundWrong();
    tellFailure(ctx, progress, subject);
  }
  await spendIn(ctx, progress);
  const { round = 1 } = progress.attempt ?? {};
  if (round >= (factor.limit?.rounds ?? 1)) {
    const { incorrectUsernameOrPassword } = messages;
    return ctx.fail('NotAuthorizedException', incorrectUsernameOrPassword, 'too many rounds');
  }
  if (verdict.answered === 'right') trial.unsettled();
  return ask(ctx, progress, subject, factor, verdict.question, { round: round + 1 });
}

/** Carries out what a challenge asked for, where it is still asked for, and goes on. */
export async function carryOutTask(
  ctx: OperationContext<TaskError, SignInStore>,
  progress: Progress & { readonly attempt: SignInAttempt },
  task: TaskChallenge,
  user: User,
  given: Given,
): Promise<Outcome> {
  if (!user.enabled) ctx.fail('NotAuthorizedException', messages.userDisabled);
  await requireSamePassword(ctx, progress, user);
  const step = await stepOf(ctx, progress, user);
  if (step.kind === 'refuse') return refuseStep(ctx, step.reason);
  if (step.kind === 'tokens' || step.name !== task.name) return overtaken(ctx, progress);
  const { pool, client, attempt } = progress;
  const { user: changed, proved } = await task.carryOut(ctx, user, {
    pool,
    client,
    attempt,
    given,
  });
  const proofs = proved ? [{ challenge: proved, atMs: ctx.nowMs }] : [];
  const next = {
    ...{ ...progress, attempt: undefined, proofs: [...progress.proofs, ...proofs] },
    ...{ answered: task.name, passwordMark: passwordMark(changed) },
  };
  return proceed(ctx, undefined, next, changed);
}

/** Refuses an attempt in which another password was proved than the user has now. */
export async function requireSamePassword(
  ctx: TransactionContext<'NotAuthorizedException', 'replayCache'>,
  progress: Progress,
  user: User,
): Promise<void> {
  const { passwordMark: proved } = progress;
  if (proved !== '' && proved !== passwordMark(user)) await overtaken(ctx, progress);
}

/** The question of a challenge, with the attempt sealed into it. */
export async function ask(
  ctx: OperationContext<'NotAuthorizedException', SignInStore>,
  progress: Progress,
  subject: Subject,
  challenge: Challenge,
  { parameters, memory = {} }: Question,
  { round = 1, offered }: Partial<Pick<SignInAttempt, 'round' | 'offered'>> = {},
): Promise<Outcome> {
  const { pool, client, origin, startedAtMs, proofs, passwordMark, available } = progress;
  const { name, carrier } = challenge;
  const attempt = newAttempt(ctx, client, {
    ...{ subject: attemptSubject(subject), origin, startedAtMs, proofs, passwordMark },
    ...{
      step: name,
      round,
      memory,
      ...((offered ?? available) && { offered: offered ?? available }),
    },
  });
  const sealed = await sealAttempt(ctx, pool, carrier, attempt);
  const asked = { kind: 'challenge', name, ...(available && { available }) } as const;
  return carrier === 'Session'
    ? { ...asked, parameters, session: sealed }
    : { ...asked, parameters: { ...parameters, SECRET_BLOCK: sealed } };
}

/** What follows what is proved. `trial` is the one in which the last of it was. */
export async function proceed(
  ctx: OperationContext<SharedError, SignInStore>,
  trial: Trial | undefined,
  progress: Progress & { readonly answered: ChallengeNameType },
  user: User,
): Promise<Outcome> {
  const step = await stepOf(ctx, progress, user);
  const spend = (tx: TransactionContext<'NotAuthorizedException', 'replayCache'>) =>
    spendIn(tx, progress);
  if (step.kind === 'tokens') {
    return { kind: 'tokens', tokens: await completeSignIn(ctx, { ...progress, user, spend }) };
  }
  if (step.kind === 'refuse') {
    if (forgives(step.reason)) await forgetFailures(ctx, progress, user);
    return refuseStep(ctx, step.reason);
  }
  const challenge = progress.challenges[step.name];
  if (challenge === 'not-built') throw new Error(`${step.name} is due, but not built`);
  const subject = { kind: 'user', user } as const;
  if ('opens' in challenge) throw new Error(`${step.name} is due, which only a choice leads to`);
  if (!challenge.isFactor && !challenge.isChoice) {
    await forgetFailures(ctx, progress, user);
    const configurations = await progress.configurations(user);
    const facts = { ...progress, configurations, user, nowMs: ctx.nowMs };
    return ask(ctx, progress, subject, challenge, challenge.ask(facts));
  }
  await spend(ctx);
  // Knowing one secret must not reset the count of attempts at the next one, so failures are cleared only at the end.
  trial?.unsettled();
  if (challenge.isFactor) return askFactor(ctx, progress, user, challenge, {});
  const { offered = [] } = step;
  return ask(ctx, progress, subject, challenge, challenge.ask(offered), { offered });
}

async function askFactor(
  ctx: OperationContext<SharedError, SignInStore>,
  progress: Progress,
  user: User,
  factor: FactorChallenge,
  given: Given,
): Promise<Outcome> {
  if (factor.question === undefined) throw new Error(`${factor.name} cannot be asked`);
  const subject = { kind: 'user', user } as const;
  const question = await factor.question.ask(ctx, subject, { ...progress, given, isFirst: false });
  return ask(ctx, progress, subject, factor, question);
}

/** Asks the factor that was chosen, of those that were offered and still are. A choice that is refused leaves the attempt as it is. */
export async function choose(
  ctx: OperationContext<SharedError, SignInStore>,
  progress: Progress & { readonly attempt: SignInAttempt },
  choice: ChoiceChallenge,
  user: User,
  given: Given,
): Promise<Outcome> {
  // Whom a lock keeps from answering is not asked either.
  await requireAdmissible(ctx, progress, { kind: 'user', user });
  await requireSamePassword(ctx, progress, user);
  const step = await stepOf(ctx, progress, user);
  if (step.kind === 'refuse') return refuseStep(ctx, step.reason);
  if (step.kind === 'tokens' || step.name !== choice.name) return overtaken(ctx, progress);
  const { attempt, challenges } = progress;
  const chosen = step.offered?.find((name) => name === given['ANSWER']);
  const factor = chosen && attempt.offered?.includes(chosen) ? challenges[chosen] : undefined;
  if (factor === undefined || factor === 'not-built' || !factor.isFactor) {
    return ctx.fail('InvalidParameterException', messages.challengeNotAvailable);
  }
  await spendIn(ctx, progress);
  return askFactor(ctx, progress, user, factor, given);
}

async function stepOf(
  { nowMs }: TransactionContext<never, never>,
  { challenges, ...progress }: Progress,
  user: User,
): Promise<NextStep> {
  const configurations = await progress.configurations(user);
  return nextStep({ ...progress, configurations, user, nowMs }, turnsOf(challenges));
}

function turnsOf(challenges: Challenges): readonly Turn[] {
  return Object.values(challenges).filter((one) => one !== 'not-built');
}

/** Reads what the challenges need of the pool's configurations for a user when it is first asked for, and nothing twice. */
export function readingOnce(
  ctx: TransactionContext<never, 'configurations'>,
  pool: Pool,
  challenges: Challenges,
): Progress['configurations'] {
  const read = new Map<ConfigurationKind, Promise<unknown>>();
  const reading = (kind: ConfigurationKind) => {
    const place = { poolId: pool.id, kind };
    const value = read.get(kind) ?? ctx.stores.configurations.get(place).then((one) => one?.value);
    read.set(kind, value);
    return value;
  };
  return async (user) => {
    const kinds = new Set(
      turnsOf(challenges).flatMap(({ needs }) => needs?.({ pool, user }) ?? []),
    );
    const found: [string, unknown][] = [];
    for (const kind of kinds) found.push([kind, await reading(kind)]);
    return Object.fromEntries(found);
  };
}

/** Whether a right secret ends the count of wrong ones although the sign-in ends here. */
function forgives(reason: StepRefusal): boolean {
  return reason !== 'disabled' && reason !== 'temporary-password-expired';
}

function refuseStep(
  ctx: TransactionContext<
    'NotAuthorizedException' | 'PasswordResetRequiredException' | 'UserNotConfirmedException',
    never
  >,
  reason: StepRefusal,
): Outcome {
  switch (reason) {
    case 'disabled':
      return ctx.fail('NotAuthorizedException', messages.userDisabled);
    case 'unconfirmed':
      return ctx.fail('UserNotConfirmedException', messages.userNotConfirmed);
    case 'reset-required':
      return ctx.fail('PasswordResetRequiredException', messages.passwordResetRequired);
    case 'temporary-password-expired':
      return ctx.fail('NotAuthorizedException', messages.temporaryPasswordExpired);
    case 'must-change-password':
      return ctx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword, reason);
    case 'factor-missing':
      return { kind: 'factor-missing' };
  }
}

/** A proof that was seen on its way must not make failures forgotten again and again: it does so once. */
async function forgetFailures(
  ctx: TransactionContext<'NotAuthorizedException', 'users' | 'replayCache'>,
  progress: Progress,
  user: User,
): Promise<void> {
  await spendIn(ctx, progress);
  await ctx.stores.users.clearFailedAttempts(refOf(user));
}

/** Uses up the attempt that led here, where there was one. */
export async function spendIn(
  ctx: TransactionContext<'NotAuthorizedException', 'replayCache'>,
  { attempt, challenges }: Progress,
): Promise<void> {
  if (attempt !== undefined) await spendAttempt(ctx, carrierOf(challenges, attempt), attempt);
}

/**
 * Ends an attempt that the user's state has overtaken. Its own answer is the first thing that may have done so, which has a text of
 * its own: spending an attempt that is worth nothing changes nothing.
 */
export async function overtaken(
  ctx: TransactionContext<'NotAuthorizedException', 'replayCache'>,
  { attempt, challenges }: Progress,
): Promise<never> {
  if (attempt === undefined) throw new Error('nothing could overtake what has no attempt');
  const carrier = carrierOf(challenges, attempt);
  await spendAttempt(ctx, carrier, attempt);
  return refuseAttempt(ctx, carrier, 'overtaken');
}

function carrierOf(challenges: Challenges, { step }: SignInAttempt): Challenge['carrier'] {
  const challenge = challenges[step];
  return challenge === 'not-built' ? 'Session' : challenge.carrier;
}
