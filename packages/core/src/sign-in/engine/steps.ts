import type { ChallengeNameType } from '@poolhouse/model';
import { passwordMark } from '../../passwords/password.ts';
import { requireKnownDevice } from '../../devices/named-device.ts';
import type { Trial } from '../../limits/trial.ts';
import { refuseOutput } from '../../triggers/call-trigger.ts';
import { refOf } from '../../users/find-user.ts';
import { messages } from '../../domain/texts.ts';
import { provesSameFactor } from '../../domain/tokens/token-gate.ts';
import type { User } from '../../domain/users/user.ts';
import type { OperationContext, TransactionContext } from '../../operation.ts';
import {
  fits,
  newAttempt,
  refuseAttempt,
  requireUnspent,
  sealAttempt,
  type SignInAttempt,
} from '../attempt.ts';
import type {
  Challenge,
  ChoiceChallenge,
  FactorChallenge,
  Given,
  OpeningChallenge,
  Question,
  SharedError,
  TaskChallenge,
  TaskError,
  WrongCode,
} from '../challenges/challenge.ts';
import { completeSignIn, type SignInStore } from '../complete.ts';
import { defineNext } from '../custom-functions.ts';
import {
  attemptSubject,
  refuseWrong,
  requireAdmissible,
  takeAnswer,
  takeAttempt,
  type Subject,
} from '../identify.ts';
import type { Outcome } from '../outcome.ts';
import {
  overtaken,
  factsOf,
  requireSamePassword,
  spendIn,
  stepOf,
  type DirectedProgress,
  type Progress,
} from './progress.ts';
import { forgives, refuseStep } from './refuse-step.ts';
import { noteFailure, recordSignIn } from './sign-in-events.ts';

/** An attempt at a secret. */
export interface FactorAttempt {
  readonly factor: FactorChallenge;
  readonly subject: Subject;
  readonly given: Given;
  /** Ends an answer with what its challenge says about a wrong one; a first request is told of a wrong password. */
  readonly tell?: (told: WrongCode, detail: string) => never;
}

/** Counts an attempt, then checks it, and goes on if it is right. Its budget has already been taken. */
export async function checkNow(
  ctx: OperationContext<SharedError, SignInStore>,
  trial: Trial,
  progress: Progress,
  { factor, subject, given, tell: tellWrong }: FactorAttempt,
): Promise<Outcome> {
  const { pool, client, attempt, device } = progress;
  // A good code must not be used up by an attempt that is worth nothing.
  if (attempt !== undefined && factor.usesUpCode) {
    await requireUnspent(ctx, factor.carrier, attempt);
  }
  await requireAdmissible(ctx, progress, subject, factor);
  if (!factor.isUnguessable) await takeAttempt(ctx, trial, progress, subject);
  await takeAnswer(ctx, trial, progress, subject, factor);
  const memory = attempt?.memory ?? {};
  const facts = (user: User) => factsOf(ctx, progress, user);
  const verdict = await factor.check(ctx, subject, { pool, client, given, memory, device, facts });
  if (verdict.kind === 'round') {
    const isRight = verdict.answered === 'right';
    return takeRound(ctx, trial, progress, { factor, subject, given, isRight });
  }
  if (verdict.kind === 'wrong' || subject.kind === 'decoy') {
    if (attempt !== undefined) await requireUnspent(ctx, factor.carrier, attempt);
    await noteFailure(ctx, progress, subject, factor.name);
    const { detail, told, isNoGuess } =
      verdict.kind === 'wrong'
        ? verdict
        : { detail: 'decoy', told: undefined, isNoGuess: undefined };
    if (isNoGuess && told !== undefined && tellWrong !== undefined) return tellWrong(told, detail);
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
    history: progress.history && [...progress.history, { challenge: factor.name, isRight: true }],
  };
  return proceed(ctx, trial, next, user);
}

/**
 * Counts an answer of which the pool's functions decide what follows, and lets them. It is spent first: nobody answers a round twice. A proof
 * counts once, however many rounds led to it.
 */
async function takeRound(
  ctx: OperationContext<SharedError, SignInStore>,
  trial: Trial,
  progress: Progress,
  {
    factor: { name },
    subject,
    given,
    isRight,
  }: Omit<FactorAttempt, 'tell'> & { readonly isRight: boolean },
): Promise<Outcome> {
  if (!isRight) {
    // Before the attempt is spent: who answers one round many times at once has guessed as often. Nor is a guess forgiven if a function fails now.
    trial.foundWrong();
    await noteFailure(ctx, progress, subject, name);
  }
  await spendIn(ctx, progress);
  const { metadata } = progress.attempt?.memory ?? {};
  const entry = { challenge: name, isRight, ...(metadata !== undefined && { metadata }) };
  const next = {
    ...{ ...progress, attempt: undefined, answered: name },
    history: [...(progress.history ?? []), entry],
  };
  if (!isRight || subject.kind === 'decoy') return direct(ctx, trial, next, subject, given);
  const others = progress.proofs.filter(({ challenge }) => challenge !== name);
  const proved = {
    proofs: [...others, { challenge: name, atMs: ctx.nowMs }],
    passwordMark: progress.passwordMark || passwordMark(subject.user),
  };
  return direct(ctx, trial, { ...next, ...proved }, subject, given);
}

/**
 * Lets the pool's functions decide what follows. Whatever they say, tokens need a proof, a user, and what the pool asks of everybody: once
 * they have decided for tokens, the sign-in goes on like any other.
 */
export async function direct(
  ctx: OperationContext<SharedError, SignInStore>,
  trial: Trial | undefined,
  progress: DirectedProgress,
  subject: Subject,
  given: Given,
): Promise<Outcome> {
  const { pool, client, history, proofs, answered, challenges } = progress;
  const call = { pool, client, history, subject, typed: given['USERNAME'] ?? '' };
  const { incorrectUsernameOrPassword } = messages;
  const decision = await defineNext(ctx, call);
  if (decision === 'tokens') {
    if (subject.kind === 'decoy' || answered === undefined || proofs.length === 0) {
      trial?.foundWrong();
      return ctx.fail('NotAuthorizedException', incorrectUsernameOrPassword, 'nothing is proved');
    }
    return proceed(ctx, trial, { ...progress, answered, history: undefined }, subject.user);
  }
  const factor = decision === 'failure' ? undefined : challenges[decision];
  if (factor === undefined || factor === 'not-built' || !factor.isFactor || !factor.question) {
    return ctx.fail('NotAuthorizedException', incorrectUsernameOrPassword, decision);
  }
  const round = history.filter(({ challenge }) => challenge === factor.name).length + 1;
  if (round > (factor.limit?.rounds ?? 1)) {
    return ctx.fail('NotAuthorizedException', incorrectUsernameOrPassword, 'too many rounds');
  }
  trial?.unsettled();
  const { device } = progress;
  const request = { pool, client, given, history, device, isFirst: proofs.length === 0 };
  const question = await factor.question.ask(ctx, subject, request);
  return ask(ctx, progress, subject, factor, question, { round });
}

/**
 * Ends the answer to a second factor that is not due any more, because the pool or the user has turned it off since. What the pool's own
 * functions ask for is due by their word.
 */
export async function requireStillDue(
  ctx: OperationContext<'NotAuthorizedException', 'configurations' | 'replayCache'>,
  progress: Progress & { readonly attempt: SignInAttempt },
  factor: FactorChallenge,
  user: User,
): Promise<void> {
  if (progress.proofs.length === 0 || factor.name === 'CUSTOM_CHALLENGE') return;
  if (factor.isDue(await factsOf(ctx, progress, user))) return;
  await overtaken(ctx, progress);
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

/** The question of a challenge, with the attempt sealed into it. */
export async function ask(
  ctx: OperationContext<'InvalidLambdaResponseException', SignInStore>,
  progress: Progress,
  subject: Subject,
  challenge: Challenge,
  { parameters, memory = {} }: Question,
  { round = 1, offered }: Partial<Pick<SignInAttempt, 'round' | 'offered'>> = {},
): Promise<Outcome> {
  const { pool, client, origin, startedAtMs, proofs, passwordMark, available, history } = progress;
  const { deviceKey, target, creditOf, eventId } = progress;
  const { name, carrier } = challenge;
  const attempt = newAttempt(ctx, client, {
    ...{ subject: attemptSubject(subject), origin, startedAtMs, eventId, proofs, passwordMark },
    ...{
      step: name,
      round,
      memory,
      ...((offered ?? available) && { offered: offered ?? available }),
      ...(history && { history }),
      ...(deviceKey !== undefined && { deviceKey }),
      ...(target && { target }),
      ...(creditOf !== undefined && { creditOf }),
    },
  });
  if (!fits(carrier, attempt)) refuseOutput(ctx, 'more than a Session can remember');
  if (subject.kind === 'user' && proofs.length > 0) {
    await recordSignIn(ctx, progress, subject.user, 'InProgress');
  }
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
  if (provesSameFactor(progress.answered, 'PASSWORD'))
    await requireKnownDevice(ctx, progress, user);
  const step = await stepOf(ctx, progress, user);
  const spend = (tx: TransactionContext<'NotAuthorizedException', 'replayCache'>) =>
    spendIn(tx, progress);
  const { history } = progress;
  // What is due after a password is asked before the functions decide, as on the service [unsure]. A factor of theirs may be the one that is missing.
  const isTheirs =
    step.kind === 'tokens' || (step.kind === 'refuse' && step.reason === 'factor-missing');
  if (history !== undefined && isTheirs) {
    await spend(ctx);
    const next = { ...progress, history, attempt: undefined };
    return direct(ctx, trial, next, { kind: 'user', user }, {});
  }
  if (step.kind === 'tokens') {
    return { kind: 'tokens', tokens: await completeSignIn(ctx, { ...progress, user, spend }) };
  }
  if (step.kind === 'refuse') {
    if (forgives(step.reason)) await forgetFailures(ctx, progress, user);
    await recordSignIn(ctx, progress, user, 'Fail');
    return refuseStep(ctx, step.reason);
  }
  const challenge = progress.challenges[step.name];
  if (challenge === 'not-built') throw new Error(`${step.name} is due, but not built`);
  const subject = { kind: 'user', user } as const;
  const isTask = !challenge.isFactor && !challenge.isChoice && !('opens' in challenge);
  if (isTask) {
    await forgetFailures(ctx, progress, user);
    const { pool, client } = progress;
    const facts = { ...(await factsOf(ctx, progress, user)), pool, client };
    return ask(ctx, progress, subject, challenge, challenge.ask(facts));
  }
  await spend(ctx);
  // Knowing one secret must not reset the count of attempts at the next one, so failures are cleared only at the end.
  trial?.unsettled();
  if (challenge.isFactor) return askFactor(ctx, progress, user, challenge, {});
  if ('opens' in challenge) {
    if (challenge.ask === undefined) throw new Error(`${step.name} is due, and has no question`);
    return ask(ctx, progress, subject, challenge, challenge.ask(user));
  }
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

/** Asks the factor that a due challenge opens. A refused answer leaves the attempt as it is. */
export async function open(
  ctx: OperationContext<TaskError, SignInStore>,
  trial: Trial,
  progress: Progress & { readonly attempt: SignInAttempt },
  {
    challenge,
    subject,
    given,
  }: {
    readonly challenge: OpeningChallenge;
    readonly subject: Subject;
    readonly given: Given;
  },
): Promise<Outcome> {
  if (subject.kind === 'decoy') {
    return refuseAttempt(ctx, challenge.carrier, 'a decoy has proved nothing');
  }
  const { user } = subject;
  await requireAdmissible(ctx, progress, subject);
  await requireSamePassword(ctx, progress, user);
  const step = await stepOf(ctx, progress, user);
  if (step.kind === 'refuse') return refuseStep(ctx, step.reason);
  if (step.kind === 'tokens' || step.name !== challenge.name) return overtaken(ctx, progress);
  const factor = progress.challenges[challenge.opens];
  if (factor === 'not-built' || !factor.isFactor)
    throw new Error(`${challenge.opens} is no factor`);
  trial.unsettled();
  await spendIn(ctx, progress);
  return askFactor(ctx, progress, user, factor, given);
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
